/*
 * Shifts and masks.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_BITOPS_H
#define QEMU_BITOPS_H

#define BITS_PER_BYTE 8
#define BITS_PER_LONG ((int)(sizeof(unsigned long) * BITS_PER_BYTE))
#define MAKE_64BIT_MASK(shift, length) ((~0ULL >> (64 - (length))) << (shift))

static inline int ctz64(uint64_t n)
{
    return n ? __builtin_ctzll(n) : 64;
}

static inline int clz64(uint64_t n)
{
    return n ? __builtin_clzll(n) : 64;
}

static inline uint64_t pow2floor(uint64_t n)
{
    return n ? UINT64_C(1) << (63 - clz64(n)) : 0;
}

static inline uint64_t extract64(uint64_t value, int start, int length)
{
    return (value >> start) & (~UINT64_C(0) >> (64 - length));
}

static inline uint32_t extract32(uint32_t value, int start, int length)
{
    return (value >> start) & (~UINT32_C(0) >> (32 - length));
}

#endif
