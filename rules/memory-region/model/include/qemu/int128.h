/*
 * Signed integers of 128 bits, as two halves.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_INT128_H
#define QEMU_INT128_H

typedef struct Int128 {
    uint64_t lo;
    int64_t hi;
} Int128;

static inline Int128 int128_make128(uint64_t lo, uint64_t hi)
{
    return (Int128) { .lo = lo, .hi = (int64_t)hi };
}

static inline Int128 int128_make64(uint64_t n)
{
    return int128_make128(n, 0);
}

static inline Int128 int128_makes64(int64_t n)
{
    return int128_make128((uint64_t)n, n < 0 ? UINT64_MAX : 0);
}

static inline Int128 int128_zero(void)
{
    return int128_make64(0);
}

static inline Int128 int128_one(void)
{
    return int128_make64(1);
}

/* 2 to the power of 64: the size of a whole address space. */
static inline Int128 int128_2_64(void)
{
    return int128_make128(0, 1);
}

static inline Int128 int128_exts64(int64_t n)
{
    return int128_makes64(n);
}

/* Only for values that fit in 64 unsigned bits. */
static inline uint64_t int128_get64(Int128 n)
{
    assert(n.hi == 0);
    return n.lo;
}

static inline uint64_t int128_getlo(Int128 n)
{
    return n.lo;
}

static inline int64_t int128_gethi(Int128 n)
{
    return n.hi;
}

static inline bool int128_eq(Int128 a, Int128 b)
{
    return a.hi == b.hi && a.lo == b.lo;
}

static inline bool int128_ne(Int128 a, Int128 b)
{
    return !int128_eq(a, b);
}

static inline bool int128_lt(Int128 a, Int128 b)
{
    return a.hi != b.hi ? a.hi < b.hi : a.lo < b.lo;
}

static inline bool int128_gt(Int128 a, Int128 b)
{
    return int128_lt(b, a);
}

static inline bool int128_le(Int128 a, Int128 b)
{
    return !int128_lt(b, a);
}

static inline bool int128_ge(Int128 a, Int128 b)
{
    return !int128_lt(a, b);
}

static inline bool int128_nonneg(Int128 n)
{
    return n.hi >= 0;
}

static inline bool int128_nz(Int128 n)
{
    return n.lo != 0 || n.hi != 0;
}

static inline Int128 int128_min(Int128 a, Int128 b)
{
    return int128_lt(a, b) ? a : b;
}

static inline Int128 int128_max(Int128 a, Int128 b)
{
    return int128_lt(a, b) ? b : a;
}

static inline Int128 int128_add(Int128 a, Int128 b)
{
    uint64_t lo = a.lo + b.lo;

    return int128_make128(lo, (uint64_t)a.hi + (uint64_t)b.hi + (lo < a.lo));
}

static inline Int128 int128_neg(Int128 n)
{
    uint64_t lo = -n.lo;

    return int128_make128(lo, ~(uint64_t)n.hi + (lo == 0));
}

static inline Int128 int128_sub(Int128 a, Int128 b)
{
    return int128_make128(a.lo - b.lo, (uint64_t)a.hi - (uint64_t)b.hi - (a.lo < b.lo));
}

static inline void int128_addto(Int128 *a, Int128 b)
{
    *a = int128_add(*a, b);
}

static inline void int128_subfrom(Int128 *a, Int128 b)
{
    *a = int128_sub(*a, b);
}

static inline Int128 int128_and(Int128 a, Int128 b)
{
    return int128_make128(a.lo & b.lo, (uint64_t)(a.hi & b.hi));
}

static inline Int128 int128_or(Int128 a, Int128 b)
{
    return int128_make128(a.lo | b.lo, (uint64_t)(a.hi | b.hi));
}

static inline Int128 int128_not(Int128 n)
{
    return int128_make128(~n.lo, ~(uint64_t)n.hi);
}

/* Arithmetic: the sign comes in from the left. */
static inline Int128 int128_rshift(Int128 n, int shift)
{
    uint64_t sign = n.hi < 0 ? UINT64_MAX : 0;

    if (shift == 0) {
        return n;
    }
    if (shift >= 64) {
        return int128_make128((uint64_t)(n.hi >> (shift - 64)), sign);
    }
    return int128_make128((n.lo >> shift) | ((uint64_t)n.hi << (64 - shift)), (uint64_t)(n.hi >> shift));
}

static inline Int128 int128_lshift(Int128 n, int shift)
{
    if (shift == 0) {
        return n;
    }
    if (shift >= 64) {
        return int128_make128(0, n.lo << (shift - 64));
    }
    return int128_make128(n.lo << shift, ((uint64_t)n.hi << shift) | (n.lo >> (64 - shift)));
}

#endif
