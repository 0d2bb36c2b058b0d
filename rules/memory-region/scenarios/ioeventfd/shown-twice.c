/*
 * A region with an ioeventfd is shown directly and by a window.
 *
 * contract: required
 * because: A listener is told of every ioeventfd that became active and of every one that was dropped
 * (MemoryListener.eventfd_del).
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

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    MemoryRegion *w = region_init_alias(d0, "W", b, 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .eventfd_add = on_add, .eventfd_del = on_del };

    memory_region_add_eventfd(b, 0, 4, false, 0, NULL);
    memory_region_add_subregion(root, 0, b);
    memory_region_add_subregion(root, 0x200, w);
    memory_listener_register(&listener, as);
    memory_region_set_enabled(b, false);
    memory_region_set_enabled(b, true);
    memory_region_del_subregion(root, w);
    memory_region_del_subregion(root, b);
    lifecycle_expect(active == 0);
    memory_listener_unregister(&listener);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
