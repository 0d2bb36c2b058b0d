/*
 * A listener is told of as many regions that went as of regions that came.
 *
 * contract: required
 * because: A listener sees region_del for every region_add once it is unregistered.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static int shown;

/* A region came into sight. */
static void on_add(MemoryListener *listener, MemoryRegionSection *section)
{
    shown++;
}

/* A region went out of sight. */
static void on_del(MemoryListener *listener, MemoryRegionSection *section)
{
    shown--;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .region_add = on_add, .region_del = on_del };

    memory_region_add_subregion(root, 0, b);
    memory_listener_register(&listener, as);
    lifecycle_expect(shown == 1);
    memory_region_add_subregion(root, 0x200, c);
    lifecycle_expect(shown == 2);
    memory_region_del_subregion(root, b);
    lifecycle_expect(shown == 1);
    memory_listener_unregister(&listener);
    lifecycle_expect(shown == 0);
    memory_region_del_subregion(root, c);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
