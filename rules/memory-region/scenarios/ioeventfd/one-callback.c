/*
 * A listener asks for the beginning of ioeventfds only, or for their end only.
 *
 * contract: required
 * because: All callbacks of a listener are optional, each without the others (MemoryListener).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static int active;

/* An ioeventfd became active. */
static void on_add(MemoryListener *listener, MemoryRegionSection *section, bool match_data, uint64_t data,
                   EventNotifier *e)
{
    active++;
}

/* It is active no more. */
static void on_del(MemoryListener *listener, MemoryRegionSection *section, bool match_data, uint64_t data,
                   EventNotifier *e)
{
    active--;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener adds = { .eventfd_add = on_add };
    MemoryListener dels = { .eventfd_del = on_del };

    memory_region_add_subregion(root, 0, b);
    memory_listener_register(&adds, as);
    memory_region_add_eventfd(b, 0, 2, true, 1, NULL);
    lifecycle_expect(active == 1);
    memory_region_del_eventfd(b, 0, 2, true, 1, NULL);
    lifecycle_expect(active == 1);
    memory_listener_unregister(&adds);
    memory_listener_register(&dels, as);
    memory_region_add_eventfd(b, 0, 2, true, 1, NULL);
    lifecycle_expect(active == 1);
    memory_region_del_eventfd(b, 0, 2, true, 1, NULL);
    lifecycle_expect(active == 0);
    memory_listener_unregister(&dels);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
