/*
 * A snapshot of one region brings only its own log up to date.
 *
 * contract: required
 * because: memory_region_snapshot_and_clear_dirty is about one region: log_sync is called for its sections
 * (MemoryListener.log_sync).
 * needs: memory_region_snapshot_and_clear_dirty
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static uint64_t synced;

static void on_sync(MemoryListener *listener, MemoryRegionSection *section)
{
    synced += int128_get64(section->size);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x4000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x1000);
    MemoryRegion *c = region_init_ram(d1, "C", 0x800);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .log_sync = on_sync };

    memory_region_set_log(b, true, DIRTY_MEMORY_VGA);
    memory_region_set_log(c, true, DIRTY_MEMORY_VGA);
    memory_region_add_subregion(root, 0, b);
    memory_region_add_subregion(root, 0x2000, c);
    memory_listener_register(&listener, as);
    g_free(memory_region_snapshot_and_clear_dirty(b, 0, 0x1000, DIRTY_MEMORY_VGA));
    lifecycle_expect(synced == 0x1000);
    g_free(memory_region_snapshot_and_clear_dirty(c, 0, 0x800, DIRTY_MEMORY_VGA));
    lifecycle_expect(synced == 0x1800);
    memory_listener_unregister(&listener);
    memory_region_del_subregion(root, c);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
