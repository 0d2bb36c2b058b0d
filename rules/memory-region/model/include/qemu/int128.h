/*
 * 128-bit integers by QEMU's function names.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_INT128_H
#define QEMU_INT128_H

typedef __int128 Int128;

static inline Int128 int128_make64(uint64_t a) { return a; }
static inline Int128 int128_exts64(int64_t a) { return a; }
static inline uint64_t int128_get64(Int128 a) { assert((a >> 64) == 0); return (uint64_t)a; }
static inline uint64_t int128_getlo(Int128 a) { return (uint64_t)a; }
static inline int64_t int128_gethi(Int128 a) { return (int64_t)(a >> 64); }
static inline Int128 int128_zero(void) { return 0; }
static inline Int128 int128_one(void) { return 1; }
static inline Int128 int128_2_64(void) { return (Int128)1 << 64; }
static inline Int128 int128_add(Int128 a, Int128 b) { return a + b; }
static inline Int128 int128_sub(Int128 a, Int128 b) { return a - b; }
static inline Int128 int128_and(Int128 a, Int128 b) { return a & b; }
static inline Int128 int128_neg(Int128 a) { return -a; }
static inline Int128 int128_rshift(Int128 a, int n) { return a >> n; }
static inline bool int128_nonneg(Int128 a) { return a >= 0; }
static inline bool int128_eq(Int128 a, Int128 b) { return a == b; }
static inline bool int128_ne(Int128 a, Int128 b) { return a != b; }
static inline bool int128_ge(Int128 a, Int128 b) { return a >= b; }
static inline bool int128_gt(Int128 a, Int128 b) { return a > b; }
static inline bool int128_le(Int128 a, Int128 b) { return a <= b; }
static inline bool int128_lt(Int128 a, Int128 b) { return a < b; }
static inline bool int128_nz(Int128 a) { return a != 0; }
static inline Int128 int128_min(Int128 a, Int128 b) { return a < b ? a : b; }
static inline Int128 int128_max(Int128 a, Int128 b) { return a > b ? a : b; }
static inline void int128_addto(Int128 *a, Int128 b) { *a += b; }
static inline void int128_subfrom(Int128 *a, Int128 b) { *a -= b; }

#endif
