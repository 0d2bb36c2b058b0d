/*
 * A device maps its own RAM, and waits for its end to unmap it: it never comes.
 *
 * contract: tolerated
 * because: A mapping that nobody ends is the caller's mistake: a region in use keeps its owner alive
 * (docs/devel/memory.rst, Region lifecycle).
 * expect: leak
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static AddressSpace *as;
static void *mapped;

static void unmap(Owner *owner)
{
    address_space_unmap(as, mapped, 0x1000, true, 0);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x10000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x1000);
    hwaddr length = 0x1000;

    as = space_new(root, "space");
    owner_at_finalize(d1, unmap);
    memory_region_add_subregion(root, 0, b);
    drain();
    mapped = address_space_map(as, 0, &length, true, MEMTXATTRS_UNSPECIFIED);
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    drain();
    lifecycle_expect(!owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
