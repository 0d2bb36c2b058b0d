/*
 * An owner destroys an address space with another owner's root in its instance_finalize.
 *
 * contract: required
 * because: Once an address space is destroyed and its readers are gone, the reference on its root is
 * dropped (address_space_destroy).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static AddressSpace *as;

/* The owner's instance_finalize. */
static void destroy(Owner *owner)
{
    address_space_destroy(as);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");

    as = space_new(region_init_io(d0, "A", 0x1000), "space");
    owner_at_finalize(d1, destroy);
    owner_unref(d0);
    owner_unref(d1);
    lifecycle_expect(!owner_gone(0));
    topology_change();
    settle();
    lifecycle_expect(owner_gone(0));
    g_free(as);
}
