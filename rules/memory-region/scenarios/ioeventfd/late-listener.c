/*
 * A listener comes and goes while ioeventfds are active; another does not care for them.
 *
 * contract: required
 * because: A listener is told of every ioeventfd that is active when it comes, and of the end of each when it goes
 * (MemoryListener.eventfd_add, eventfd_del).
 * expect: clean
 *
 * Up to 7.2 a listener that comes late is not told of ioeventfds: there it ends as invariant.
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

/* A region comes or goes: nothing of interest. */
static void on_region(MemoryListener *listener, MemoryRegionSection *section)
{
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener first = { .eventfd_add = on_add, .eventfd_del = on_del };
    MemoryListener late = { .eventfd_add = on_add, .eventfd_del = on_del };
    MemoryListener other = { .region_add = on_region };

    memory_listener_register(&first, as);
    memory_region_add_subregion(root, 0, b);
    memory_region_add_eventfd(b, 0, 2, true, 1, NULL);
    memory_region_add_eventfd(b, 4, 2, true, 1, NULL);
    lifecycle_expect(active == 2);
    /* That somebody goes who never asked changes nothing for who did. */
    memory_listener_register(&other, as);
    memory_listener_unregister(&other);
    memory_region_add_eventfd(b, 8, 2, true, 1, NULL);
    lifecycle_expect(active == 3);
    memory_listener_register(&late, as);
    lifecycle_expect(active == 6);
    memory_listener_unregister(&late);
    lifecycle_expect(active == 3);
    memory_region_del_eventfd(b, 8, 2, true, 1, NULL);
    memory_region_del_eventfd(b, 4, 2, true, 1, NULL);
    memory_region_del_eventfd(b, 0, 2, true, 1, NULL);
    lifecycle_expect(active == 0);
    memory_listener_unregister(&first);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
