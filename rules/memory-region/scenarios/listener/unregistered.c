/*
 * A listener that was unregistered is not called any more, and can be registered again.
 *
 * contract: required
 * because: memory_listener_unregister undoes the effect of memory_listener_register.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static int called;

/* A region came into sight. */
static void on_add(MemoryListener *listener, MemoryRegionSection *section)
{
    called++;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .region_add = on_add };

    memory_listener_register(&listener, as);
    memory_region_add_subregion(root, 0, b);
    lifecycle_expect(called == 1);
    memory_listener_unregister(&listener);
    memory_region_add_subregion(root, 0x200, c);
    lifecycle_expect(called == 1);
    memory_listener_register(&listener, as);
    lifecycle_expect(called == 3);
    memory_listener_unregister(&listener);
    memory_region_del_subregion(root, b);
    memory_region_del_subregion(root, c);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
