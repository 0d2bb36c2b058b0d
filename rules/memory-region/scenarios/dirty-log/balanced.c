/*
 * Writes to visible RAM are logged for a while; the listener is told of both ends.
 *
 * contract: required
 * because: A listener is told when clients of dirty logging became active or inactive since the last
 * transaction (MemoryListener.log_start).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static int started, stopped;

/* Writes are logged from now on. */
static void on_start(MemoryListener *listener, MemoryRegionSection *section, int old_val, int new_val)
{
    started++;
}

/* They are not any more. */
static void on_stop(MemoryListener *listener, MemoryRegionSection *section, int old_val, int new_val)
{
    stopped++;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x1000);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .log_start = on_start, .log_stop = on_stop };

    memory_listener_register(&listener, as);
    memory_region_add_subregion(root, 0, b);
    memory_region_set_log(b, true, DIRTY_MEMORY_VGA);
    lifecycle_expect(started == 1 && stopped == 0);
    memory_region_set_log(b, false, DIRTY_MEMORY_VGA);
    lifecycle_expect(started == 1 && stopped == 1);
    memory_listener_unregister(&listener);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
