/*
 * Children with numbered names: one in the middle goes, and another takes its place.
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
    Owner *d4 = owner_new("D4");

    object_property_add_child(OBJECT(d1), "slot[*]", OBJECT(d2));
    object_property_add_child(OBJECT(d1), "slot[*]", OBJECT(d3));
    object_unparent(OBJECT(d2));
    object_property_add_child(OBJECT(d1), "slot[*]", OBJECT(d4));
    owner_unref(d2);
    lifecycle_expect(owner_gone(1));
    owner_unref(d3);
    owner_unref(d4);
    owner_unref(d1);
    lifecycle_expect(owner_gone(2) && owner_gone(3));
}
