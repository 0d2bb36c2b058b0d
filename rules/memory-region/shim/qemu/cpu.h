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

#endif
