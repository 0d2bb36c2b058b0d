/*
 * RAM is freed with its region, after the readers of its block are gone.
 *
 * contract: required
 * because: What a region owns goes with it, and it goes when the object that owns it dies
 * (docs/devel/memory.rst, Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init_ram(d1, "A", 0x1000);

    lifecycle_expect(memory_region_is_ram(a));
    lifecycle_expect(memory_region_get_ram_ptr(a) != NULL);
    owner_unref(d1);
    drain();
    lifecycle_expect(owner_gone(0));
}
