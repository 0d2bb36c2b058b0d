/*
 * A container that contains a container is unparented; the inner one can be used again.
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
    MemoryRegion *b = region_init(d2, "B", 0x400);
    MemoryRegion *c = region_init(d1, "C", 0x1000);
    MemoryRegion *e = region_init(d2, "E", 0x100);

    memory_region_add_subregion(b, 0, e);
    memory_region_del_subregion(b, e);
    memory_region_add_subregion(a, 0, b);
    object_unparent(OBJECT(a));
    lifecycle_expect(!memory_region_is_mapped(b));
    memory_region_add_subregion(c, 0, b);
    owner_unref(d2);
    lifecycle_expect(!owner_gone(1));
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
}
