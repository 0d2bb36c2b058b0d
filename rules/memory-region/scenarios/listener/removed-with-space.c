/*
 * All listeners of an address space are removed at once, and told what goes.
 *
 * contract: required
 * because: address_space_remove_listeners unregisters whoever was registered, and unregistering undoes
 * registering.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static int shown;

/* A region came into sight. */
static void on_add(MemoryListener *listener, MemoryRegionSection *section)
{
    shown++;
}

/* A region went out of sight. */
static void on_del(MemoryListener *listener, MemoryRegionSection *section)
{
    shown--;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener first = { .region_add = on_add, .region_del = on_del };
    MemoryListener second = { .region_add = on_add, .region_del = on_del, .priority = 5 };

    memory_region_add_subregion(root, 0, b);
    memory_listener_register(&first, as);
    memory_listener_register(&second, as);
    lifecycle_expect(shown == 2);
    address_space_remove_listeners(as);
    lifecycle_expect(shown == 0);
    memory_listener_unregister(&first);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
