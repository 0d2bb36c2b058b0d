/*
 * A region that moves is told as gone from one place and as new at another.
 *
 * contract: required
 * because: A listener is told of every section that is new and of every one that disappeared
 * (MemoryListener).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static int added, deleted;

/* A region came into sight. */
static void on_add(MemoryListener *listener, MemoryRegionSection *section)
{
    memory_region_ref(section->mr);
    added++;
}

/* A region went out of sight. */
static void on_del(MemoryListener *listener, MemoryRegionSection *section)
{
    memory_region_unref(section->mr);
    deleted++;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .region_add = on_add, .region_del = on_del };

    memory_listener_register(&listener, as);
    memory_region_add_subregion(root, 0, b);
    memory_region_set_address(b, 0x400);
    lifecycle_expect(added == 2 && deleted == 1);
    memory_region_del_subregion(root, b);
    lifecycle_expect(added == 2 && deleted == 2);
    memory_listener_unregister(&listener);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
