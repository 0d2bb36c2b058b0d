/*
 * What every file of the model includes first.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_OSDEP_H
#define QEMU_OSDEP_H

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <glib.h>

#include "qemu/compiler.h"
#include "qemu/typedefs.h"

#undef MIN
#undef MAX
#define MIN(a, b)                    \
    ({                               \
        __typeof__((a) + 0) a_ = (a); \
        __typeof__((b) + 0) b_ = (b); \
        a_ < b_ ? a_ : b_;           \
    })
#define MAX(a, b)                    \
    ({                               \
        __typeof__((a) + 0) a_ = (a); \
        __typeof__((b) + 0) b_ = (b); \
        a_ > b_ ? a_ : b_;           \
    })
#define MIN_CONST(a, b) ((a) < (b) ? (a) : (b))
#define MAX_CONST(a, b) ((a) > (b) ? (a) : (b))
#define MIN_NON_ZERO(a, b) ((a) == 0 ? (b) : (b) == 0 || (a) < (b) ? (a) : (b))

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define ROUND_DOWN(n, d) ((n) & -(0 ? (n) : (d)))
#define ROUND_UP(n, d) ROUND_DOWN((n) + (d) - 1, (d))
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define QEMU_ALIGN_DOWN(n, m) ((n) / (m) * (m))
#define QEMU_ALIGN_UP(n, m) QEMU_ALIGN_DOWN((n) + (m) - 1, (m))
#define QEMU_IS_ALIGNED(n, m) (((n) % (m)) == 0)
#define is_power_of_2(n) ((n) != 0 && ((n) & ((n) - 1)) == 0)

#define KiB (INT64_C(1) << 10)
#define MiB (INT64_C(1) << 20)
#define GiB (INT64_C(1) << 30)

#define BIT(n) (1UL << (n))
#define BIT_ULL(n) (1ULL << (n))

#ifndef HOST_BIG_ENDIAN
#define HOST_BIG_ENDIAN 0
#endif
#define HOST_LONG_BITS (__SIZEOF_POINTER__ * 8)

static inline void *qemu_memalign(size_t alignment, size_t size)
{
    return aligned_alloc(alignment, ROUND_UP(size, alignment));
}

static inline void qemu_vfree(void *mem)
{
    free(mem);
}

#endif
