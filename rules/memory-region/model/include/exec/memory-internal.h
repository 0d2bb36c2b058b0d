/*
 * What memory.c asks of the file that keeps the dispatch tables and the RAM blocks.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef EXEC_MEMORY_INTERNAL_H
#define EXEC_MEMORY_INTERNAL_H

#include "exec/memory.h"

AddressSpaceDispatch *address_space_dispatch_new(FlatView *fv);
void address_space_dispatch_compact(AddressSpaceDispatch *d);
void address_space_dispatch_free(AddressSpaceDispatch *d);
void flatview_add_to_dispatch(FlatView *fv, MemoryRegionSection *section);

RAMBlock *qemu_ram_alloc(ram_addr_t size, uint32_t ram_flags, MemoryRegion *mr, Error **errp);
RAMBlock *qemu_ram_alloc_from_ptr(ram_addr_t size, void *host, MemoryRegion *mr, Error **errp);
void qemu_ram_free(RAMBlock *block);
void qemu_flush_coalesced_mmio_buffer(void);

#endif
