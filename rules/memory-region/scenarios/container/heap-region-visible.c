/*
 * A region on the heap is shown by an address space, and freed with its owner after its removal.
 *
 * contract: required
 * because: A region in a dynamically allocated structure is freed in the instance_finalize of its owner
 * (docs/devel/memory.rst, Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static MemoryRegion *heap;

/* The owner's instance_finalize. */
static void free_heap(Owner *owner)
{
    g_free(heap);
    heap = NULL;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    AddressSpace *as = space_new(root, "space");

    heap = g_new0(MemoryRegion, 1);
    memory_region_init_io(heap, OBJECT(d1), &region_quiet_ops, d1, "B", 0x100);
    region_track(heap, d1, "B");
    owner_at_finalize(d1, free_heap);
    memory_region_add_subregion(root, 0, heap);
    drain();
    memory_region_del_subregion(root, heap);
    owner_unref(d1);
    lifecycle_expect(heap != NULL);
    drain();
    lifecycle_expect(owner_gone(1) && heap == NULL);
    space_destroy(as);
    owner_unref(d0);
}
