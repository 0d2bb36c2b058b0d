/*
 * A listener comes and goes while writes to visible RAM are logged.
 *
 * contract: required
 * because: A listener is told of every section that is new and of every one that disappeared
 * (MemoryListener).
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

    memory_region_set_log(b, true, DIRTY_MEMORY_VGA);
    memory_region_add_subregion(root, 0, b);
    memory_listener_register(&listener, as);
    memory_listener_unregister(&listener);
    lifecycle_expect(started == stopped);
    memory_region_del_subregion(root, b);
    memory_region_set_log(b, false, DIRTY_MEMORY_VGA);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
