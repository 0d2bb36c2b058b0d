/*
 * A child unparents its sibling in its instance_finalize, while their parent goes.
 *
 * contract: tolerated
 * because: Nobody promised that the properties of an object may change while it goes.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static Owner *sibling;

/* The child's instance_finalize. */
static void unparent_sibling(Owner *owner)
{
    object_unparent(OBJECT(sibling));
}

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");

    sibling = owner_new("D3");
    object_property_add_child(OBJECT(d1), "first", OBJECT(d2));
    object_property_add_child(OBJECT(d1), "second", OBJECT(sibling));
    owner_at_finalize(d2, unparent_sibling);
    owner_unref(d2);
    owner_unref(d1);
    lifecycle_expect(owner_gone(0) && owner_gone(1) && !owner_gone(2));
    owner_unref(sibling);
    lifecycle_expect(owner_gone(2));
}
