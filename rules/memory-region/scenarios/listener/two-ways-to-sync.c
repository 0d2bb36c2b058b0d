/*
 * A listener has both ways to synchronize the dirty log.
 *
 * contract: must-assert
 * because: With log_sync_global, log_sync must be NULL, and the other way round
 * (MemoryListener.log_sync_global).
 * needs: log_sync_global
 * expect: assertion memory_listener_register
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

/* Section by section. */
static void on_sync(MemoryListener *listener, MemoryRegionSection *section)
{
}

/* All at once. */
static void on_sync_global(MemoryListener *listener, bool last_stage)
{
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    AddressSpace *as = space_new(region_init(d0, "A", 0x1000), "space");
    MemoryListener listener = { .log_sync = on_sync, .log_sync_global = on_sync_global };

    memory_listener_register(&listener, as);
}
