/*
 * An unparented child is added again under its old name.
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

    object_property_add_child(OBJECT(d1), "slot", OBJECT(d2));
    object_unparent(OBJECT(d2));
    lifecycle_expect(!owner_gone(1));
    object_property_add_child(OBJECT(d1), "slot", OBJECT(d2));
    owner_unref(d2);
    object_unparent(OBJECT(d2));
    lifecycle_expect(owner_gone(1));
    owner_unref(d1);
}
