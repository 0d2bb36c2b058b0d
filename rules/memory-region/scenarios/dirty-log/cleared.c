/*
 * A part of the dirty bitmap is cleared, and no view stays behind.
 *
 * contract: required
 * because: A listener is asked to clear what lies in the range (MemoryListener.log_clear); views live
 * as long as they are used.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static uint64_t cleared;

/* A part is to be cleared. */
static void on_clear(MemoryListener *listener, MemoryRegionSection *section)
{
    cleared += int128_get64(section->size);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x1000);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .log_clear = on_clear };

    memory_region_set_log(b, true, DIRTY_MEMORY_VGA);
    memory_region_add_subregion(root, 0, b);
    memory_listener_register(&listener, as);
    memory_region_clear_dirty_bitmap(b, 0x100, 0x80);
    lifecycle_expect(cleared == 0x80);
    memory_listener_unregister(&listener);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
