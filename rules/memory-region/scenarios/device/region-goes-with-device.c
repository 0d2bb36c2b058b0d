/*
 * The region of a device is in another owner's container, and goes with the device.
 *
 * contract: required
 * because: Destruction of a region happens when the object that owns it dies (docs/devel/memory.rst,
 * Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "unit.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    Unit *unit = unit_new(&region_quiet_ops);

    memory_region_add_subregion(a, 0, &unit->registers);
    object_unref(OBJECT(unit));
    lifecycle_expect(!unit_gone);
    owner_unref(d1);
    lifecycle_expect(unit_gone);
}
