/*
 * A child is added to a second parent.
 *
 * contract: must-assert
 * because: Objects can only be a child of one object (object_property_try_add_child).
 * expect: assertion object_property_try_add_child
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    Owner *d3 = owner_new("D3");

    object_property_add_child(OBJECT(d1), "slot", OBJECT(d3));
    object_property_add_child(OBJECT(d2), "slot", OBJECT(d3));
}
