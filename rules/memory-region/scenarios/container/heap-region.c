/*
 * A region on the heap belongs to an owner, which frees it in its instance_finalize.
 *
 * contract: required
 * because: A region in a dynamically allocated structure is freed in the instance_finalize of its owner
 * (docs/devel/memory.rst, Region lifecycle; up to 10.0 it is to be unparented there first, which does
 * nothing any more).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static MemoryRegion *heap;

/* The owner's instance_finalize. */
static void free_heap(Owner *owner)
{
    object_unparent(OBJECT(heap));
    g_free(heap);
    heap = NULL;
}

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d2, "A", 0x1000);

    heap = g_new0(MemoryRegion, 1);
    memory_region_init_io(heap, OBJECT(d1), &region_quiet_ops, d1, "B", 0x100);
    region_track(heap, d1, "B");
    owner_at_finalize(d1, free_heap);
    memory_region_add_subregion(a, 0, heap);
    owner_unref(d1);
    lifecycle_expect(!owner_gone(0));
    owner_unref(d2);
    lifecycle_expect(owner_gone(0));
}
