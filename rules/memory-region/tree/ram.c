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
    block->fd = -1;
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

RAMBlock *qemu_ram_alloc_resizeable(ram_addr_t size, ram_addr_t most,
                                    void (*resized)(const char *, uint64_t length, void *host), MemoryRegion *mr,
                                    Error **errp)
{
    RAMBlock *block;

    if (is_too_large(most, errp)) {
        return NULL;
    }
    block = ram_block(size, mr, g_malloc0(most), RAM_RESIZEABLE);
    block->max_length = most;
    block->resized = resized;
    return block;
}

/* A block that grows may come from a file since 10.0; no region has one. */
#if __has_include("sysemu/sysemu.h")
#define GROWTH
#define MAY_GROW
#else
#define GROWTH ram_addr_t most, void (*resized)(const char *, uint64_t length, void *host),
#define MAY_GROW bool grow,
#endif

/* Before 8.2 a file was not read from an offset, and nobody asks for one there. */
#ifdef RAM_READONLY_FD
/* A file is mapped by whole pages, and its region is at least as aligned. */
#define PAGE 0x1000

static RAMBlock *file_block(ram_addr_t size, MemoryRegion *mr, uint32_t flags, int fd, off_t offset)
{
    RAMBlock *block = ram_block(size, mr, g_malloc0(size), flags);

    block->fd = fd;
    block->fd_offset = offset;
    mr->align = MAX(mr->align, PAGE);
    return block;
}

/* No file is read: its memory is zero, and it is the number that a file is told by. */
RAMBlock *qemu_ram_alloc_from_fd(ram_addr_t size, GROWTH MemoryRegion *mr, uint32_t flags, int fd, off_t offset,
                                 MAY_GROW Error **errp)
{
    if (fd < 0) {
        error_setg(errp, "%d is no file", fd);
        return NULL;
    }
    if (is_too_large(size, errp)) {
        return NULL;
    }
    return file_block(size, mr, flags, fd, offset);
}

RAMBlock *qemu_ram_alloc_from_file(ram_addr_t size, MemoryRegion *mr, uint32_t flags, const char *path, off_t offset,
                                   Error **errp)
{
    if (path[0] == '\0') {
        error_setg(errp, "a file needs a name");
        return NULL;
    }
    if (is_too_large(size, errp)) {
        return NULL;
    }
    return file_block(size, mr, flags, -1, offset);
}
#endif

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

/* What the newest releases call without `cpu`. */
#if __has_include("system/physmem.h")
#include "system/physmem.h"
#define snapshot_and_clear_dirty physical_memory_snapshot_and_clear_dirty
#else
#define snapshot_and_clear_dirty cpu_physical_memory_snapshot_and_clear_dirty
#endif

/* Nothing is written here: a block that the caller frees stands for the bits. */
DirtyBitmapSnapshot *snapshot_and_clear_dirty(MemoryRegion *mr, hwaddr offset, hwaddr length, unsigned client)
{
    return g_malloc0(1);
}

/* No accelerator queues writes. */
void qemu_flush_coalesced_mmio_buffer(void)
{
}
