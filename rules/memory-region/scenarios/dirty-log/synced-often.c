/*
 * The dirty log is brought up to date again and again, and the view that is looked at lives on.
 *
 * contract: required
 * because: Whoever looks at a view lets it go as often as it took it (address_space_get_flatview).
 * needs: memory_global_dirty_log_do_start
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
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .log_sync = on_sync };
    unsigned i;

    memory_region_set_log(b, true, DIRTY_MEMORY_VGA);
    memory_region_add_subregion(root, 0, b);
    memory_listener_register(&listener, as);
    for (i = 0; i < 3; i++) {
        memory_global_dirty_log_sync(false);
        drain();
    }
    lifecycle_expect(synced == 0x3000 && memory_region_present(root, 0));
    memory_listener_unregister(&listener);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
