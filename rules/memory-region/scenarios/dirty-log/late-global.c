/*
 * A listener comes while the global log is on, and is told so; one that does not care is not.
 *
 * contract: required
 * because: A listener that comes while everything is logged is told to start (MemoryListener.log_global_start).
 * needs: memory_global_dirty_log_do_start
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static int started;

static bool on_start(MemoryListener *listener, Error **errp)
{
    started++;
    return true;
}

/* A region comes: nothing of interest. */
static void on_region(MemoryListener *listener, MemoryRegionSection *section)
{
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    AddressSpace *as = space_new(region_init(d0, "A", 0x1000), "space");
    MemoryListener listener = { .log_global_start = on_start };
    MemoryListener other = { .region_add = on_region };

    memory_listener_register(&listener, as);
    memory_listener_unregister(&listener);
    lifecycle_expect(started == 0);
    lifecycle_expect(memory_global_dirty_log_start(GLOBAL_DIRTY_MIGRATION, NULL));
    memory_listener_register(&listener, as);
    lifecycle_expect(started == 1);
    memory_listener_register(&other, as);
    memory_listener_unregister(&other);
    memory_listener_unregister(&listener);
    memory_global_dirty_log_stop(GLOBAL_DIRTY_MIGRATION);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
