/*
 * What is to be migrated, in place of migration/savevm.c: a block of RAM has a name there, and is in the list until
 * it is taken out.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/queue.h"
#include "qemu/rcu.h"
#if __has_include("system/ramblock.h")
#include "system/ramblock.h"
#else
#include "exec/ramblock.h"
#endif
#if __has_include("exec/memory.h")
#include "exec/memory.h"
#else
#include "system/memory.h"
#endif
#include "hw/qdev-core.h"
#include "migration/vmstate.h"
#include "tree/migration.h"

/* Under a name of its own, before which its device's stands. */
void vmstate_register_ram(MemoryRegion *mr, DeviceState *dev)
{
    RAMBlock *block = mr->ram_block;
    const char *device = dev && dev->id ? dev->id : "";

    g_assert(block->idstr[0] == '\0');
    snprintf(block->idstr, sizeof(block->idstr), "%s%s%s", device, dev ? "/" : "", memory_region_name(mr));
    block->flags |= RAM_MIGRATABLE;
}

void vmstate_unregister_ram(MemoryRegion *mr, DeviceState *dev)
{
    RAMBlock *block = mr->ram_block;

    block->idstr[0] = '\0';
    block->flags &= ~RAM_MIGRATABLE;
}

void vmstate_register_ram_global(MemoryRegion *mr)
{
    vmstate_register_ram(mr, NULL);
}

const char *migrated_as(MemoryRegion *mr)
{
    RAMBlock *block = mr->ram_block;

    return block && (block->flags & RAM_MIGRATABLE) ? block->idstr : NULL;
}

bool ram_is(MemoryRegion *mr, uint64_t size, uint64_t most, uint32_t flags)
{
    RAMBlock *block = mr->ram_block;

    return block->mr == mr && block->used_length == size && block->max_length == most &&
           (block->flags & flags) == flags;
}
