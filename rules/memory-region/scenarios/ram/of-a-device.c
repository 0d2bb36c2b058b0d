/*
 * Memory of a host's device is RAM that is read and written by calls; it is the caller's own, as other RAM may be.
 *
 * contract: required
 * because: The memory of such a region is the caller's, who frees it when the region is gone and not in use
 * (memory_region_init_ram_device_ptr, memory_region_init_ram_ptr).
 * needs: memory_region_init_ram_device_ptr
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"
#include "tree/migration.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_storage(d1);
    MemoryRegion *c = region_storage(d1);
    AddressSpace *as = space_new(root, "space");
    char *host = g_malloc0(0x100);
    MemoryRegionSection section;

    memory_region_init_ram_device_ptr(b, OBJECT(d1), "B", 0x100, host);
    region_track(b, d1, "B");
    lifecycle_expect(memory_region_is_ram(b) && memory_region_is_ram_device(b) && b->terminates && b->opaque == b);
    lifecycle_expect(memory_region_get_ram_ptr(b) == host && ram_is(b, 0x100, 0x100, RAM_PREALLOC));
    lifecycle_expect(b->ops->read && b->ops != &region_quiet_ops);
    memory_region_init_ram_ptr(c, OBJECT(d1), "C", 0x80, host + 0x80);
    region_track(c, d1, "C");
    lifecycle_expect(memory_region_get_ram_ptr(c) == host + 0x80 && ram_is(c, 0x80, 0x80, RAM_PREALLOC));
    memory_region_add_subregion(root, 0, b);
    section = memory_region_find(root, 0, 4);
    lifecycle_expect(section.mr == b);
    memory_region_unref(section.mr);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    drain();
    host[0] = 1;
    g_free(host);
    space_destroy(as);
    owner_unref(d0);
}
