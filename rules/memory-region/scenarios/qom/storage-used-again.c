/*
 * The storage of an unparented container is used for another one, and unparented again.
 *
 * contract: required
 * because: A container or an alias may be unparented at any time; 10.2 advises against it, and keeps
 * the exception (docs/devel/memory.rst, Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d2, "B", 0x100);
    unsigned i;

    for (i = 0; i < 3; i++) {
        memory_region_add_subregion(a, 0, b);
        object_unparent(OBJECT(a));
        lifecycle_expect(!lifecycle_region_lives(a));
        lifecycle_expect(!memory_region_is_mapped(b));
        memory_region_init(a, OBJECT(d1), "A", 0x1000);
        region_track(a, d1, "A");
    }
    owner_unref(d1);
    lifecycle_expect(!lifecycle_region_lives(a));
    owner_unref(d2);
}
