/*
 * The region of a device is visible, and is removed before the device is dropped.
 *
 * contract: required
 * because: The owner of a region stays alive as long as the region is visible to the guest or in use;
 * afterwards it dies with its last reference, and the region with it (docs/devel/memory.rst, Region
 * lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "unit.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    Unit *unit = unit_new(&region_quiet_ops);
    AddressSpace *as = space_new(root, "space");

    memory_region_add_subregion(root, 0, &unit->registers);
    drain();
    memory_region_del_subregion(root, &unit->registers);
    object_unref(OBJECT(unit));
    lifecycle_expect(!unit_gone);
    drain();
    lifecycle_expect(unit_gone);
    space_destroy(as);
    owner_unref(d0);
}
