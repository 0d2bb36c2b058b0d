/*
 * Listeners are called by priority when a region comes, and against it when the region goes.
 *
 * contract: required
 * because: Lower priorities are called earlier for what is added, and later for what is deleted
 * (MemoryListener.priority).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static MemoryListener *last;

/* A region comes or goes. */
static void on_call(MemoryListener *listener, MemoryRegionSection *section)
{
    last = listener;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener high = { .region_add = on_call, .region_del = on_call, .priority = 9 };
    MemoryListener low = { .region_add = on_call, .region_del = on_call, .priority = 1 };

    memory_listener_register(&high, as);
    memory_listener_register(&low, as);
    memory_region_add_subregion(root, 0, b);
    lifecycle_expect(last == &high);
    memory_region_del_subregion(root, b);
    lifecycle_expect(last == &low);
    memory_listener_unregister(&low);
    memory_listener_unregister(&high);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
