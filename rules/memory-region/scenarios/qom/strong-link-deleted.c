/*
 * A strong link is deleted, and its object goes later.
 *
 * contract: required
 * because: The property manages the reference of a strong link until it is deleted
 * (object_property_add_link).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static Object *peer;

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");

    peer = OBJECT(d2);
    object_property_add_link(OBJECT(d1), "peer", object_get_typename(peer), &peer, object_property_allow_set_link,
                             OBJ_PROP_LINK_STRONG);
    object_property_del(OBJECT(d1), "peer");
    lifecycle_expect(owner_gone(1));
    owner_unref(d1);
}
