/*
 * A region is removed and another takes its place under a reader, who still reaches the first: its view's
 * sections hold it until the grace period ends.
 *
 * contract: required
 * because: What was visible is freed only after all RCU readers that may have seen it (docs/devel/memory.rst,
 * Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *root = region_init(d0, "A", 0x10000);
    /* The end of the larger one shares its page with nobody, and is a part of one. */
    uint64_t size = lifecycle_choose(2, "how large") == 0 ? 0x1000 : 0x1800;
    MemoryRegion *b = region_init_io(d1, "B", size);
    MemoryRegion *c = region_init_io(d2, "C", size);
    AddressSpace *as = space_new(root, "space");
    hwaddr length = 4;
    hwaddr offset;
    uint64_t value;
    MemoryRegion *seen;

    memory_region_add_subregion(root, 0, b);
    drain();
    rcu_read_lock();
    seen = address_space_translate(as, size - 4, &offset, &length, false, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(seen == (size == 0x1000 ? b : seen) && length == 4);
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    memory_region_add_subregion(root, 0, c);
    lifecycle_expect(!owner_gone(1));
    lifecycle_expect(memory_region_dispatch_read(seen, offset, &value, MO_32, MEMTXATTRS_UNSPECIFIED) == MEMTX_OK);
    rcu_read_unlock();
    drain();
    lifecycle_expect(owner_gone(1));
    memory_region_del_subregion(root, c);
    owner_unref(d2);
    drain();
    lifecycle_expect(owner_gone(2));
    space_destroy(as);
    owner_unref(d0);
}
