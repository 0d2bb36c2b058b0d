/*
 * An ioeventfd of a region that only a window shows: its container is disabled.
 *
 * contract: required
 * because: What a window shows does not depend on where its target is (docs/devel/memory.rst, alias); a listener
 * is told of every ioeventfd that begins or ends.
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
    MemoryRegion *hidden = region_init(d1, "H", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    MemoryRegion *window = region_init_alias(d0, "W", b, 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .eventfd_add = on_add, .eventfd_del = on_del };

    memory_listener_register(&listener, as);
    memory_region_set_enabled(hidden, false);
    memory_region_add_subregion(hidden, 0, b);
    memory_region_add_subregion(root, 0, window);
    memory_region_add_eventfd(b, 0, 2, true, 1, NULL);
    lifecycle_expect(active == 1);
    memory_region_del_eventfd(b, 0, 2, true, 1, NULL);
    lifecycle_expect(active == 0);
    memory_listener_unregister(&listener);
    memory_region_del_subregion(root, window);
    memory_region_del_subregion(hidden, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
