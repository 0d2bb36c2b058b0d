/*
 * Dirty bitmaps are brought up to date: of what is logged and visible, through each listener once.
 *
 * contract: required
 * because: log_sync is called for the sections that are logged, log_sync_global once for all
 * (MemoryListener.log_sync, log_sync_global); whoever looks at a view holds it only so long.
 * needs: log_sync_global last_stage memory_global_dirty_log_do_start
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static uint64_t synced;
static int rounds;

static void on_sync(MemoryListener *listener, MemoryRegionSection *section)
{
    synced += int128_get64(section->size);
}

static void on_sync_global(MemoryListener *listener, bool last_stage)
{
    rounds += last_stage ? 100 : 1;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x4000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x1000);
    MemoryRegion *c = region_init_ram(d1, "C", 0x800);
    AddressSpace *as = space_new(root, "space");
    MemoryListener parts = { .log_sync = on_sync };
    MemoryListener whole = { .log_sync_global = on_sync_global };
    MemoryListener neither = { .priority = 1 };

    memory_region_set_log(b, true, DIRTY_MEMORY_VGA);
    memory_region_add_subregion(root, 0, b);
    memory_region_add_subregion(root, 0x2000, c);
    memory_listener_register(&parts, as);
    memory_listener_register(&whole, as);
    memory_listener_register(&neither, as);
    memory_global_dirty_log_sync(false);
    lifecycle_expect(synced == 0x1000 && rounds == 1);
    memory_global_dirty_log_sync(true);
    lifecycle_expect(synced == 0x2000 && rounds == 101);
    memory_region_set_log(c, true, DIRTY_MEMORY_VGA);
    memory_global_dirty_log_sync(false);
    lifecycle_expect(synced == 0x3800 && rounds == 102);
    memory_listener_unregister(&neither);
    memory_listener_unregister(&whole);
    memory_listener_unregister(&parts);
    memory_region_del_subregion(root, c);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
