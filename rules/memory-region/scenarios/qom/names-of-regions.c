/*
 * A region is found below its owner by its name as a path can have it, and a nameless one is called as its
 * property.
 *
 * contract: required
 * because: Slashes, brackets and backslashes of a name are escaped in the property (memory_region_init);
 * memory_region_name() of a region without a name is that of its property.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "a/b", 0x100);
    MemoryRegion *b = region_init(d1, "c[d\\", 0x100);
    MemoryRegion *c = region_storage(d1);

    lifecycle_expect(object_resolve_path_component(OBJECT(d1), "a\\x2fb[0]") == OBJECT(a));
    lifecycle_expect(object_resolve_path_component(OBJECT(d1), "c\\x5bd\\x5c[0]") == OBJECT(b));
    lifecycle_expect(strcmp(memory_region_name(a), "a/b") == 0);
    memory_region_init(c, OBJECT(d1), NULL, 0x100);
    object_property_add_child(OBJECT(d1), "nameless", OBJECT(c));
    object_unref(OBJECT(c));
    region_track(c, d1, "nameless");
    lifecycle_expect(strcmp(memory_region_name(c), "nameless") == 0);
    owner_unref(d1);
}
