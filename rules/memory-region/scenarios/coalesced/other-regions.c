/*
 * Only the region whose range is coalesced is told of, and only where a window shows the range.
 *
 * contract: required
 * because: A listener is told of every coalesced range that became active and of every one that was dropped
 * (MemoryListener.coalesced_io_del), and of no other.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static int active;
static MemoryRegion *coalesced;

/* A coalesced range became active. */
static void on_add(MemoryListener *listener, MemoryRegionSection *section, hwaddr addr, hwaddr len)
{
    lifecycle_expect(section->mr == coalesced && addr == 0 && len == 0x10);
    active++;
}

/* It is active no more. */
static void on_del(MemoryListener *listener, MemoryRegionSection *section, hwaddr addr, hwaddr len)
{
    lifecycle_expect(section->mr == coalesced && addr == 0 && len == 0x10);
    active--;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    MemoryRegion *window = region_init_alias(d0, "W", b, 0x80);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .coalesced_io_add = on_add, .coalesced_io_del = on_del };

    coalesced = b;
    memory_listener_register(&listener, as);
    memory_region_set_alias_offset(window, 0x80);
    memory_region_add_subregion(root, 0, b);
    memory_region_add_subregion(root, 0x200, c);
    memory_region_add_subregion(root, 0x400, window);
    memory_region_add_coalescing(b, 0, 0x10);
    lifecycle_expect(active == 1);
    memory_region_clear_coalescing(b);
    lifecycle_expect(active == 0);
    memory_listener_unregister(&listener);
    memory_region_del_subregion(root, b);
    memory_region_del_subregion(root, c);
    memory_region_del_subregion(root, window);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
