/*
 * A listener is told where an update begins and where it ends, also when it is registered.
 *
 * contract: required
 * because: begin is called at the start of an update and commit at its end (MemoryListener).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static bool updating;

/* An update begins. */
static void on_begin(MemoryListener *listener)
{
    lifecycle_expect(!updating);
    updating = true;
}

/* It ends. */
static void on_commit(MemoryListener *listener)
{
    lifecycle_expect(updating);
    updating = false;
}

/* A region comes or goes meanwhile. */
static void on_change(MemoryListener *listener, MemoryRegionSection *section)
{
    lifecycle_expect(updating);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = {
        .begin = on_begin,
        .commit = on_commit,
        .region_add = on_change,
        .region_del = on_change,
    };

    memory_listener_register(&listener, as);
    memory_region_add_subregion(root, 0, b);
    memory_region_del_subregion(root, b);
    memory_listener_unregister(&listener);
    lifecycle_expect(!updating);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
