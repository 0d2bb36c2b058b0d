/*
 * Ioeventfds of a region of the other byte order wait for the value that the guest writes.
 *
 * contract: required
 * because: The data of an ioeventfd is matched as the guest writes it (memory_region_add_eventfd), and
 * memory_region_del_eventfd cancels what was requested with the same data.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static uint64_t waiting;

static void on_add(MemoryListener *listener, MemoryRegionSection *section, bool match_data, uint64_t data,
                   EventNotifier *e)
{
    waiting += data;
}

static void on_del(MemoryListener *listener, MemoryRegionSection *section, bool match_data, uint64_t data,
                   EventNotifier *e)
{
    waiting -= data;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .eventfd_add = on_add, .eventfd_del = on_del };
    MemoryRegionOps ops = region_quiet_ops;

    ops.endianness = DEVICE_BIG_ENDIAN;
    b->ops = &ops;
    memory_listener_register(&listener, as);
    memory_region_add_subregion(root, 0, b);
    memory_region_add_eventfd(b, 0, 2, true, 0x0102, NULL);
    lifecycle_expect(waiting == 0x0201);
    memory_region_add_eventfd(b, 8, 0, false, 0, NULL);
    memory_region_del_eventfd(b, 8, 0, false, 0, NULL);
    memory_region_del_eventfd(b, 0, 2, true, 0x0102, NULL);
    lifecycle_expect(waiting == 0);
    memory_listener_unregister(&listener);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
