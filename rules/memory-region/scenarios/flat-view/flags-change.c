/*
 * What a region is changes while it is visible, and its section with it.
 *
 * contract: required
 * because: A section says whether writes are let through and whether the memory outlasts the machine
 * (MemoryRegionSection.readonly, nonvolatile); setters take effect at once (memory_region_set_readonly,
 * memory_region_set_nonvolatile), and the same value again changes nothing.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static int changes;

static void on_commit(MemoryListener *listener)
{
    changes++;
}

static void expect_flags(MemoryRegion *root, bool readonly, bool nonvolatile)
{
    MemoryRegionSection section = memory_region_find(root, 0, 4);

    lifecycle_expect(section.mr != NULL && section.readonly == readonly && section.nonvolatile == nonvolatile);
    memory_region_unref(section.mr);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x1000);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .commit = on_commit };

    memory_region_add_subregion(root, 0, b);
    memory_listener_register(&listener, as);
    changes = 0;
    expect_flags(root, false, false);
    memory_region_set_readonly(b, true);
    expect_flags(root, true, false);
    memory_region_set_nonvolatile(b, true);
    expect_flags(root, true, true);
    lifecycle_expect(changes == 2);
    memory_region_set_readonly(b, true);
    memory_region_set_nonvolatile(b, true);
    lifecycle_expect(changes == 2);
    memory_region_set_readonly(b, false);
    memory_region_set_nonvolatile(b, false);
    expect_flags(root, false, false);
    memory_listener_unregister(&listener);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
