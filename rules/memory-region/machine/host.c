/*
 * What the tree's physmem.c asks of the host: memory for a guest, and nothing that changes how that behaves.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/rcu.h"
#if __has_include("exec/memory.h")
#include "exec/memory.h"
#else
#include "system/memory.h"
#endif
#if __has_include("system/ramlist.h")
#include "system/ramlist.h"
#else
#include "exec/ramlist.h"
#endif
#if __has_include("system/ioport.h")
#include "system/ioport.h"
#else
#include "exec/ioport.h"
#endif
#include "hw/boards.h"
#include "qemu/log.h"
#if __has_include("qemu/madvise.h")
#include "qemu/madvise.h"
/* Memory may be had without a promise since 6.1, and may grow. */
#define RESERVE , bool noreserve
#define LARGEST , size_t most
#else
#define RESERVE
#define LARGEST
uintptr_t qemu_real_host_page_size = 0x1000;
#endif
#if __has_include("migration/cpr.h")
#include "migration/cpr.h"
#endif

/* Nothing is logged, and nobody drives this machine from outside. */
__typeof__(qemu_loglevel) qemu_loglevel;
bool qtest_allowed;

/* What was chosen for user mode before 9.1. */
uintptr_t qemu_host_page_size = 0x1000;

/* A block of its own, so that every access behind its end, or after it, is seen. */
void *qemu_anon_ram_alloc(size_t size, uint64_t *align, bool shared RESERVE)
{
    if (size > INT64_MAX) {
        errno = ENOMEM;
        return NULL;
    }
    if (align) {
        *align = 0x1000;
    }
    return g_malloc0(size);
}

void qemu_anon_ram_free(void *block, size_t size)
{
    g_free(block);
}

int qemu_madvise(void *start, size_t length, int advice)
{
    return 0;
}

void finalize_target_page_bits(void)
{
}

bool machine_mem_merge(MachineState *machine)
{
    return false;
}

bool machine_dump_guest_core(MachineState *machine)
{
    return true;
}

/* Nobody wants to hear of blocks. */
void ram_block_notify_add(void *host, size_t size LARGEST)
{
}

void ram_block_notify_remove(void *host, size_t size LARGEST)
{
}

#ifdef MIG_MODE_NONE
/* No file is kept for the next process. */
void cpr_delete_fd(const char *name, int id)
{
}
#endif

/* Ports that no device has. */
static uint64_t no_port_read(void *opaque, hwaddr addr, unsigned size)
{
    return UINT64_MAX;
}

static void no_port_write(void *opaque, hwaddr addr, uint64_t data, unsigned size)
{
}

const MemoryRegionOps unassigned_io_ops = {
    .read = no_port_read,
    .write = no_port_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
};
