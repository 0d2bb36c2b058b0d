/*
 * Swapping bytes, on a little-endian host.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_BSWAP_H
#define QEMU_BSWAP_H

static inline uint16_t bswap16(uint16_t n)
{
    return __builtin_bswap16(n);
}

static inline uint32_t bswap32(uint32_t n)
{
    return __builtin_bswap32(n);
}

static inline uint64_t bswap64(uint64_t n)
{
    return __builtin_bswap64(n);
}

#endif
