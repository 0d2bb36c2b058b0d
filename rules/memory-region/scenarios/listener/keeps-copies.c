/*
 * A listener keeps a copy of each section from region_add to region_del.
 *
 * contract: required
 * because: A copy of a section takes a reference on all that it refers to, and freeing it drops them
 * (memory_region_section_new_copy).
 * needs: memory_region_section_new_copy
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static MemoryRegionSection *kept;

/* Keeps what came into sight. */
static void on_add(MemoryListener *listener, MemoryRegionSection *section)
{
    kept = memory_region_section_new_copy(section);
}

/* Lets go of what went out of sight. */
static void on_del(MemoryListener *listener, MemoryRegionSection *section)
{
    memory_region_section_free_copy(kept);
    kept = NULL;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .region_add = on_add, .region_del = on_del };

    memory_listener_register(&listener, as);
    memory_region_add_subregion(root, 0, b);
    owner_unref(d1);
    memory_region_del_subregion(root, b);
    drain();
    lifecycle_expect(owner_gone(1));
    memory_listener_unregister(&listener);
    space_destroy(as);
    owner_unref(d0);
}
