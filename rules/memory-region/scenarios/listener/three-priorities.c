/*
 * Listeners of three priorities and two spaces come in any order; all are called by priority, and only for their
 * space.
 *
 * contract: required
 * because: Lower priorities are called earlier for what is added, whatever order they came in
 * (MemoryListener.priority); a listener hears of its own space, and all go with it
 * (address_space_remove_listeners).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static unsigned calls;
static unsigned order;

/* A region comes: the order of the calls is told by their digits. */
static void on_add(MemoryListener *listener, MemoryRegionSection *section)
{
    calls++;
    order = order * 10 + listener->priority;
}

static void on_synced(MemoryListener *listener)
{
    order = order * 10 + listener->priority;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *other_root = region_init(d2, "R", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");
    AddressSpace *other = space_new(other_root, "other");
    MemoryListener high = { .region_add = on_add, .log_global_after_sync = on_synced, .priority = 9 };
    MemoryListener low = { .region_add = on_add, .log_global_after_sync = on_synced, .priority = 1 };
    MemoryListener middle = { .region_add = on_add, .log_global_after_sync = on_synced, .priority = 5 };
    MemoryListener elsewhere = { .region_add = on_add, .log_global_after_sync = on_synced, .priority = 7 };

    memory_listener_register(&high, as);
    memory_listener_register(&elsewhere, other);
    memory_listener_register(&low, as);
    memory_listener_register(&middle, as);
    memory_region_add_subregion(root, 0, b);
    lifecycle_expect(order == 159 && calls == 3);
    order = 0;
    memory_global_after_dirty_log_sync();
    lifecycle_expect(order == 1579);
    address_space_remove_listeners(as);
    memory_region_del_subregion(root, b);
    memory_region_add_subregion(root, 0, b);
    lifecycle_expect(calls == 3);
    memory_region_del_subregion(root, b);
    memory_listener_unregister(&elsewhere);
    space_destroy(other);
    owner_unref(d2);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
