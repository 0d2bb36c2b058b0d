/*
 * Guest RAM, in place of physmem.c's blocks: a block is reclaimed after the grace period that follows its end.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#if __has_include("system/ram_addr.h")
#include "system/ram_addr.h"
#else
#include "exec/memory.h"
#include "exec/ram_addr.h"
#endif
#if __has_include("system/ramblock.h")
#include "system/ramblock.h"
#else
#include "exec/ramblock.h"
#endif
#if __has_include("exec/address-spaces.h")
#include "exec/address-spaces.h"
#else
#include "system/address-spaces.h"
#endif
#include "exec/cpu-common.h"
#include "qapi/error.h"

/* Flags took the place of `share` in 6.1. */
#ifdef RAM_NORESERVE
#define SHARE uint32_t ram_flags
#define FLAGS ram_flags
#else
#define SHARE bool share
#define FLAGS (share ? RAM_SHARED : 0)
#endif

/* The last byte of all RAM so far. */
static ram_addr_t ram_end;

static RAMBlock *ram_block(ram_addr_t size, MemoryRegion *mr, uint8_t *host, uint32_t flags)
{
    RAMBlock *block = g_new0(RAMBlock, 1);

    block->mr = mr;
    block->host = host;
    block->offset = ram_end;
    block->used_length = size;
    block->max_length = size;
    block->flags = flags;
    ram_end += size;
    return block;
}

/* No host has so much memory. */
static bool is_too_large(ram_addr_t size, Error **errp)
{
    if (size <= INT64_MAX) {
        return false;
    }
    error_setg(errp, "no host has 0x%" PRIx64 " bytes of memory", (uint64_t)size);
    return true;
}

RAMBlock *qemu_ram_alloc(ram_addr_t size, SHARE, MemoryRegion *mr, Error **errp)
{
    if (is_too_large(size, errp)) {
        return NULL;
    }
    return ram_block(size, mr, g_malloc0(size), FLAGS);
}

RAMBlock *qemu_ram_alloc_from_ptr(ram_addr_t size, void *host, MemoryRegion *mr, Error **errp)
{
    return ram_block(size, mr, host, RAM_PREALLOC);
}

static void reclaim_ramblock(RAMBlock *block)
{
    if (!(block->flags & RAM_PREALLOC)) {
        g_free(block->host);
    }
    g_free(block);
}

void qemu_ram_free(RAMBlock *block)
{
    if (block) {
        call_rcu(block, reclaim_ramblock, rcu);
    }
}

void *qemu_map_ram_ptr(RAMBlock *block, ram_addr_t addr)
{
    return block->host + addr;
}

/* No accelerator queues writes. */
void qemu_flush_coalesced_mmio_buffer(void)
{
}
