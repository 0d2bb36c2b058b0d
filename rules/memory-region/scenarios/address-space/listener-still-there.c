/*
 * An address space is destroyed while a listener is registered.
 *
 * contract: tolerated
 * because: Listeners are unregistered first (address_space_remove_listeners), but the documentation
 * does not say what happens else.
 * expect: assertion do_address_space_destroy
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    AddressSpace *as = space_new(root, "space");
    static MemoryListener listener;

    memory_listener_register(&listener, as);
    space_destroy(as);
    owner_unref(d0);
}
