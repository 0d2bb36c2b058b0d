/*
 * A listener comes and goes while a region with coalesced ranges is visible.
 *
 * contract: required
 * because: A listener is told of every coalesced range that became active and of every one that was
 * dropped (MemoryListener.coalesced_io_del).
 * expect: clean
 *
 * Up to 7.2 a listener that comes late is not told of coalesced ranges: there it ends as invariant.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static int active;

/* A coalesced range became active. */
static void on_add(MemoryListener *listener, MemoryRegionSection *section, hwaddr addr, hwaddr len)
{
    active++;
}

/* It is active no more. */
static void on_del(MemoryListener *listener, MemoryRegionSection *section, hwaddr addr, hwaddr len)
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
    MemoryListener listener = { .coalesced_io_add = on_add, .coalesced_io_del = on_del };

    memory_region_add_coalescing(b, 0, 0x10);
    memory_region_add_coalescing(b, 0x80, 0x10);
    memory_region_add_subregion(root, 0, b);
    memory_listener_register(&listener, as);
    lifecycle_expect(active == 2);
    memory_listener_unregister(&listener);
    lifecycle_expect(active == 0);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
