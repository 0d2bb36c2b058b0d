/*
 * What memory.c asks of the file that keeps the dispatch tables and the RAM blocks.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef EXEC_MEMORY_INTERNAL_H
#define EXEC_MEMORY_INTERNAL_H

#include "exec/memory.h"
#include "hw/qdev-core.h"
#include "qapi/visitor.h"

AddressSpaceDispatch *address_space_dispatch_new(FlatView *fv);
void address_space_dispatch_compact(AddressSpaceDispatch *d);
void address_space_dispatch_free(AddressSpaceDispatch *d);
void flatview_add_to_dispatch(FlatView *fv, MemoryRegionSection *section);

RAMBlock *qemu_ram_alloc(ram_addr_t size, uint32_t ram_flags, MemoryRegion *mr, Error **errp);
RAMBlock *qemu_ram_alloc_from_ptr(ram_addr_t size, void *host, MemoryRegion *mr, Error **errp);
void qemu_ram_free(RAMBlock *block);
void qemu_flush_coalesced_mmio_buffer(void);
void *qemu_map_ram_ptr(RAMBlock *block, ram_addr_t addr);
void event_notifier_set(EventNotifier *e);
Object *machine_get_container(const char *name);

#define TARGET_PAGE_SIZE 4096

#define LOG_INVALID_MEM 1
#define qemu_log_mask(mask, ...) ((void)(mask))
#define trace_flatview_new(view, root) ((void)(view), (void)(root))
#define trace_flatview_destroy(view, root) ((void)(view), (void)(root))
#define trace_flatview_destroy_rcu(view, root) ((void)(view), (void)(root))
#define trace_global_dirty_changed(flags) ((void)(flags))
#define tcg_enabled() false
#define kvm_enabled() false
#ifndef QEMU_ALIGN_UP
#define QEMU_ALIGN_UP(n, m) (((n) + (m) - 1) / (m) * (m))
#endif
#define MAKE_64BIT_MASK(shift, length) ((~0ULL >> (64 - (length))) << (shift))

#endif
