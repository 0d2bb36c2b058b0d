/*
 * Children and their children go with the object at the top.
 *
 * contract: required
 * because: An object is the child of one object at a time, and is finalized when its last reference is
 * dropped (object_property_add_child, object_unref).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    Owner *d3 = owner_new("D3");
    MemoryRegion *a = region_init(d3, "A", 0x1000);

    object_property_add_child(OBJECT(d2), "inner", OBJECT(d3));
    object_property_add_child(OBJECT(d1), "outer", OBJECT(d2));
    owner_unref(d3);
    owner_unref(d2);
    lifecycle_expect(lifecycle_region_lives(a));
    owner_unref(d1);
    lifecycle_expect(owner_gone(0) && owner_gone(1) && owner_gone(2));
    lifecycle_expect(!lifecycle_region_lives(a));
}
