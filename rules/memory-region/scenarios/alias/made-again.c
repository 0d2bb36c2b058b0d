/*
 * The storage of an unparented alias is used for another alias.
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
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *c = region_init_io(d1, "C", 0x200);
    MemoryRegion *b = region_init_alias(d0, "B", c, 0x100);
    AddressSpace *as = space_new(root, "space");

    memory_region_add_subregion(root, 0, b);
    memory_region_del_subregion(root, b);
    object_unparent(OBJECT(b));
    memory_region_init_alias(b, OBJECT(d0), "B", c, 0x100, 0x100);
    region_track(b, d0, "B");
    memory_region_add_subregion(root, 0x200, b);
    memory_region_del_subregion(root, b);
    object_unparent(OBJECT(b));
    lifecycle_expect(!lifecycle_region_lives(b));
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
