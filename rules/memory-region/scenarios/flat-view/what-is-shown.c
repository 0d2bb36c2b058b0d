/*
 * What is disabled, or lies outside of its container, is not there.
 *
 * contract: required
 * because: A disabled region is not visible, nor is what lies inside it (memory_region_set_enabled); a subregion
 * shows only where its container does, and of two that overlap the one of higher priority (docs/devel/memory.rst,
 * Overlapping regions and priority).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

/* Says which region answers at an address; NULL for none. */
static void expect_at(MemoryRegion *root, hwaddr addr, MemoryRegion *wanted)
{
    MemoryRegionSection section = memory_region_find(root, addr, 4);

    lifecycle_expect(section.mr == wanted);
    if (section.mr) {
        memory_region_unref(section.mr);
    }
}

static void disabled(MemoryRegion *root, MemoryRegion *b, MemoryRegion *c)
{
    memory_region_add_subregion(root, 0, b);
    memory_region_add_subregion(b, 0x80, c);
    expect_at(root, 0x80, c);
    memory_region_set_enabled(c, false);
    expect_at(root, 0x80, NULL);
    memory_region_set_enabled(c, true);
    memory_region_set_enabled(b, false);
    expect_at(root, 0x80, NULL);
    memory_region_set_enabled(b, true);
    expect_at(root, 0x80, c);
}

/* c reaches beyond the end of b, and then lies outside of it. */
static void clipped(MemoryRegion *root, MemoryRegion *b, MemoryRegion *c)
{
    memory_region_set_address(c, 0xc0);
    expect_at(root, 0xc0, c);
    expect_at(root, 0x100, NULL);
    memory_region_set_address(c, 0x100);
    expect_at(root, 0x100, NULL);
    memory_region_set_address(c, 0x80);
}

static void overlapping(MemoryRegion *root, MemoryRegion *c, MemoryRegion *d)
{
    memory_region_add_subregion_overlap(root, 0x80, d, 1);
    expect_at(root, 0x80, d);
    memory_region_del_subregion(root, d);
    memory_region_add_subregion_overlap(root, 0x80, d, -1);
    expect_at(root, 0x80, c);
    memory_region_del_subregion(root, d);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init(d1, "B", 0x100);
    MemoryRegion *c = region_init_io(d1, "C", 0x80);
    MemoryRegion *d = region_init_io(d1, "D", 0x40);
    /* With one more in each container no container is left out of the view. */
    MemoryRegion *e = region_init_io(d1, "E", 0x10);
    MemoryRegion *f = region_init_io(d1, "F", 0x10);
    AddressSpace *as = space_new(root, "space");

    memory_region_add_subregion(root, 0x800, e);
    memory_region_add_subregion(b, 0, f);
    disabled(root, b, c);
    clipped(root, b, c);
    overlapping(root, c, d);
    memory_region_del_subregion(b, c);
    memory_region_del_subregion(b, f);
    memory_region_del_subregion(root, b);
    memory_region_del_subregion(root, e);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
