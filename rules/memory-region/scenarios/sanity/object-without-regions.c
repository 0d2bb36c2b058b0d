/*
 * An object without regions is finalized when its last reference goes.
 *
 * contract: required
 * because: An object is finalized when its reference count drops to zero.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");

    owner_ref(d1);
    owner_unref(d1);
    lifecycle_expect(!owner_gone(0));
    owner_unref(d1);
    lifecycle_expect(owner_gone(0));
}
