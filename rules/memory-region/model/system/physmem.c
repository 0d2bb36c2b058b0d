/*
 * What memory.c asks of its neighbours: dispatch tables, RAM blocks, and small stand-ins.
 * A dispatch table holds a reference on every section's region, from its making until it is freed with its view.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "exec/memory-internal.h"
#include "qapi/error.h"

struct AddressSpaceDispatch {
    MemoryRegionSection *sections;
    unsigned sections_nb;
};

/* An empty table for a view. */
AddressSpaceDispatch *address_space_dispatch_new(FlatView *fv)
{
    return g_new0(AddressSpaceDispatch, 1);
}

/* Nothing to do: there are no radix tree nodes to fold. */
void address_space_dispatch_compact(AddressSpaceDispatch *d)
{
}

/* Drops the table with the references of its sections. */
void address_space_dispatch_free(AddressSpaceDispatch *d)
{
    while (d->sections_nb > 0) {
        memory_region_unref(d->sections[--d->sections_nb].mr);
    }
    g_free(d->sections);
    g_free(d);
}

/* Registers one range of the view; the table refers to its region from here on. */
void flatview_add_to_dispatch(FlatView *fv, MemoryRegionSection *section)
{
    AddressSpaceDispatch *d = fv->dispatch;

    d->sections = g_renew(MemoryRegionSection, d->sections, d->sections_nb + 1);
    d->sections[d->sections_nb++] = *section;
    memory_region_ref(section->mr);
}

static ram_addr_t next_offset;

/* Guest RAM of its own. */
RAMBlock *qemu_ram_alloc(ram_addr_t size, uint32_t ram_flags, MemoryRegion *mr, Error **errp)
{
    RAMBlock *block;

    if (size > INT64_MAX) {
        error_setg(errp, "no host has 0x%" PRIx64 " bytes of memory", (uint64_t)size);
        return NULL;
    }
    block = g_new0(RAMBlock, 1);
    block->mr = mr;
    block->host = g_malloc0(size);
    block->flags = ram_flags;
    block->offset = next_offset;
    block->used_length = size;
    block->max_length = size;
    next_offset += size;
    return block;
}

/* Guest RAM in memory that the caller keeps. */
RAMBlock *qemu_ram_alloc_from_ptr(ram_addr_t size, void *host, MemoryRegion *mr, Error **errp)
{
    RAMBlock *block = g_new0(RAMBlock, 1);

    block->mr = mr;
    block->host = host;
    block->flags = RAM_PREALLOC;
    block->offset = next_offset;
    block->used_length = size;
    block->max_length = size;
    next_offset += size;
    return block;
}

/* Runs after the grace period: nobody reads the block any more. */
static void reclaim_ramblock(RAMBlock *block)
{
    if (!(block->flags & RAM_PREALLOC)) {
        g_free(block->host);
    }
    g_free(block);
}

/* Frees guest RAM once its readers are gone. */
void qemu_ram_free(RAMBlock *block)
{
    if (block) {
        call_rcu(block, reclaim_ramblock, rcu);
    }
}

/* Host address of a byte of guest RAM. */
void *qemu_map_ram_ptr(RAMBlock *block, ram_addr_t addr)
{
    return block->host + addr;
}

/* No accelerator queues writes here. */
void qemu_flush_coalesced_mmio_buffer(void)
{
}

/* Counts a signal. */
void event_notifier_set(EventNotifier *e)
{
    e->signalled++;
}

/* The object that named regions without an owner are children of. */
Object *machine_get_container(const char *name)
{
    return object_get_objects_root();
}
