/*
 * Each ioeventfd is announced where it is, and only what changed.
 *
 * contract: required
 * because: eventfd_add and eventfd_del are called for the ioeventfds that came and went, with the section that they
 * match and their data (MemoryListener.eventfd_add, eventfd_del).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static hwaddr came;
static hwaddr went;
static int calls;

static void on_add(MemoryListener *listener, MemoryRegionSection *section, bool match_data, uint64_t data,
                   EventNotifier *e)
{
    lifecycle_expect(match_data && int128_get64(section->size) == 4);
    came = section->offset_within_address_space + data;
    calls++;
}

static void on_del(MemoryListener *listener, MemoryRegionSection *section, bool match_data, uint64_t data,
                   EventNotifier *e)
{
    lifecycle_expect(match_data && int128_get64(section->size) == 4);
    went = section->offset_within_address_space + data;
    calls++;
}

static void add(MemoryRegion *mr, hwaddr addr, uint64_t data)
{
    calls = 0;
    memory_region_add_eventfd(mr, addr, 4, true, data, NULL);
    lifecycle_expect(calls == 1 && came == 0x400 + addr + data);
}

static void del(MemoryRegion *mr, hwaddr addr, uint64_t data)
{
    calls = 0;
    memory_region_del_eventfd(mr, addr, 4, true, data, NULL);
    lifecycle_expect(calls == 1 && went == 0x400 + addr + data);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .eventfd_add = on_add, .eventfd_del = on_del };

    memory_region_add_subregion(root, 0x400, b);
    memory_listener_register(&listener, as);
    add(b, 0x20, 1);
    add(b, 0x40, 1);
    add(b, 0x20, 3);
    add(b, 0x20, 2);
    add(b, 0, 1);
    add(b, 0x30, 1);
    del(b, 0x20, 2);
    del(b, 0, 1);
    del(b, 0x40, 1);
    add(b, 0x40, 2);
    del(b, 0x30, 1);
    del(b, 0x20, 1);
    del(b, 0x20, 3);
    del(b, 0x40, 2);
    memory_listener_unregister(&listener);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
