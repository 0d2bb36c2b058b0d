/*
 * What goes is told before what comes or stays, and each by its own section.
 *
 * contract: required
 * because: Sections that disappeared are told of before new ones, which may take their place
 * (MemoryListener.region_del, region_add); each call is about the section that changed.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static MemoryRegion *expected;
static unsigned deleted, added, kept;

static void on_del(MemoryListener *listener, MemoryRegionSection *section)
{
    lifecycle_expect(section->mr == expected && added == 0 && kept == 0);
    deleted++;
}

static void on_add(MemoryListener *listener, MemoryRegionSection *section)
{
    lifecycle_expect(section->mr == expected);
    added++;
}

static void on_nop(MemoryListener *listener, MemoryRegionSection *section)
{
    lifecycle_expect(section->mr != expected);
    kept++;
}

static void expect_told(unsigned dels, unsigned adds, unsigned nops)
{
    lifecycle_expect(deleted == dels && added == adds && kept == nops);
    deleted = added = kept = 0;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .region_add = on_add, .region_del = on_del, .region_nop = on_nop };

    memory_listener_register(&listener, as);
    expected = c;
    memory_region_add_subregion(root, 0x400, c);
    expect_told(0, 1, 0);
    expected = b;
    /* Before, then behind, then before what stays. */
    memory_region_add_subregion(root, 0x200, b);
    expect_told(0, 1, 1);
    memory_region_set_address(b, 0x600);
    expect_told(1, 1, 1);
    memory_region_set_address(b, 0);
    expect_told(1, 1, 1);
    memory_region_set_address(b, 0x600);
    expect_told(1, 1, 1);
    memory_region_del_subregion(root, b);
    expect_told(1, 0, 1);
    expected = c;
    memory_region_del_subregion(root, c);
    expect_told(1, 0, 0);
    memory_listener_unregister(&listener);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
