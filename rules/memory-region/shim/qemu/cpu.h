/*
 * What code for one target wants from cpu.h to be declared.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_CPU_H
#define CHECK_LIFECYCLE_CPU_H

#include <stdint.h>
#include "cpu-param.h"
#if __has_include("qemu/bitmap.h")
#include "qemu/bitmap.h"
#endif

#ifndef TARGET_PAGE_SIZE
#define TARGET_PAGE_SIZE (1 << TARGET_PAGE_BITS)
#define TARGET_PAGE_MASK (-(1L << TARGET_PAGE_BITS))
#define TARGET_PAGE_ALIGN(n) (((n) + TARGET_PAGE_SIZE - 1) & TARGET_PAGE_MASK)
#endif
#ifndef TARGET_LONG_BITS
#define TARGET_LONG_BITS 64
#endif
typedef uint64_t target_ulong;
typedef int64_t target_long;

/* Before 8.1, code about translated blocks gets the rest of what it wants by this way. */
#if defined(EXEC_ALL_H) || (__has_include("qemu/osdep.h") && !__has_include("qemu/coroutine-tls.h"))
typedef struct CPUArchState CPUArchState;
#include "exec/cpu-common.h"
#include "exec/memattrs.h"
#include "hw/core/cpu.h"
#ifndef PAGE_READ
#define PAGE_READ 1
#define PAGE_WRITE 2
#define PAGE_EXEC 4
#endif
#ifndef EXCP_DEBUG
#define EXCP_DEBUG 0x10002
#define CPU_INTERRUPT_DEBUG 0x80
#endif
extern uintptr_t qemu_host_page_size;
#define HOST_PAGE_ALIGN(address) ROUND_UP((address), qemu_host_page_size)
#ifndef TARGET_PAGE_BITS_MIN
#define TARGET_PAGE_BITS_MIN TARGET_PAGE_BITS
#endif
#ifndef ldn_p
#define lduw_p(p) lduw_le_p(p)
#define ldl_p(p) ldl_le_p(p)
#define ldq_p(p) ldq_le_p(p)
#define stw_p(p, value) stw_le_p(p, value)
#define stl_p(p, value) stl_le_p(p, value)
#define stq_p(p, value) stq_le_p(p, value)
#define ldn_p(p, size) ldn_le_p(p, size)
#define stn_p(p, size, value) stn_le_p(p, size, value)
#endif
#if !__has_include("exec/replay-core.h")
typedef struct CPUNegativeOffsetState {
    IcountDecr icount_decr;
} CPUNegativeOffsetState;
CPUNegativeOffsetState *cpu_neg(CPUState *cpu);
#endif
#endif

#endif
