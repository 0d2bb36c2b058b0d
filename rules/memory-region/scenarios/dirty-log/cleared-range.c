/*
 * Of two logged regions and a window, what lies in the range is cleared and nothing else; views live on.
 *
 * contract: required
 * because: A listener is asked to clear what lies in the range and is logged (MemoryListener.log_clear,
 * memory_region_clear_dirty_bitmap); views live as long as they are used.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static unsigned calls;
static uint64_t cleared;
static MemoryRegion *expected;

/* A part is to be cleared. */
static void on_clear(MemoryListener *listener, MemoryRegionSection *section)
{
    lifecycle_expect(section->mr == expected);
    calls++;
    cleared += int128_get64(section->size);
}

/* A region comes: nothing of interest. */
static void on_region(MemoryListener *listener, MemoryRegionSection *section)
{
}

static void expect_cleared(MemoryRegion *mr, hwaddr start, hwaddr size, unsigned times)
{
    calls = 0;
    cleared = 0;
    memory_region_clear_dirty_bitmap(mr, start, size);
    lifecycle_expect(calls == times && cleared == times * size);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x4000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x1000);
    MemoryRegion *c = region_init_ram(d1, "C", 0x1000);
    MemoryRegion *window = region_init_alias(d0, "W", b, 0x800);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .log_clear = on_clear };
    MemoryListener other = { .region_add = on_region };

    memory_region_set_alias_offset(window, 0x800);
    memory_region_add_subregion(root, 0, b);
    memory_region_add_subregion(root, 0x1000, c);
    memory_region_add_subregion(root, 0x2000, window);
    memory_listener_register(&other, as);
    memory_listener_register(&listener, as);
    expected = b;
    expect_cleared(b, 0, 0x1000, 0);
    memory_region_set_log(b, true, DIRTY_MEMORY_VGA);
    memory_region_set_log(c, true, DIRTY_MEMORY_VGA);
    expect_cleared(b, 0x100, 0x80, 1);
    expect_cleared(b, 0x700, 0x100, 1);
    expect_cleared(b, 0x900, 0x80, 2);
    drain();
    lifecycle_expect(memory_region_present(root, 0));
    memory_listener_unregister(&listener);
    memory_listener_unregister(&other);
    memory_region_del_subregion(root, window);
    memory_region_del_subregion(root, c);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
