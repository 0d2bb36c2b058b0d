/*
 * Guest physical addresses, bus attributes and the size of an access.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef EXEC_HWADDR_H
#define EXEC_HWADDR_H

#include <inttypes.h>
#include <stdint.h>

typedef uint64_t hwaddr;
typedef uintptr_t ram_addr_t;
#define HWADDR_MAX UINT64_MAX
#define HWADDR_PRIX PRIX64
#define HWADDR_PRIx PRIx64

typedef struct MemTxAttrs {
    unsigned int unspecified : 1;
    unsigned int secure : 1;
    unsigned int user : 1;
    unsigned int memory : 1;
    unsigned int requester_id : 16;
} MemTxAttrs;
#define MEMTXATTRS_UNSPECIFIED ((MemTxAttrs) { .unspecified = 1 })

typedef uint32_t MemTxResult;
#define MEMTX_OK 0
#define MEMTX_ERROR (1U << 0)
#define MEMTX_DECODE_ERROR (1U << 1)
#define MEMTX_ACCESS_ERROR (1U << 2)

typedef enum MemOp {
    MO_8 = 0,
    MO_16 = 1,
    MO_32 = 2,
    MO_64 = 3,
    MO_SIZE = 0x07,
    MO_BSWAP = 0x10,
    MO_LE = 0,
    MO_BE = MO_BSWAP,
    MO_TE = MO_LE,
} MemOp;

/* Bytes that an access of this kind moves. */
static inline unsigned memop_size(MemOp op)
{
    return 1u << (op & MO_SIZE);
}

/* The kind of access that moves so many bytes. */
static inline MemOp size_memop(unsigned size)
{
    return size == 8 ? MO_64 : size == 4 ? MO_32 : size == 2 ? MO_16 : MO_8;
}

enum device_endian {
    DEVICE_NATIVE_ENDIAN,
    DEVICE_BIG_ENDIAN,
    DEVICE_LITTLE_ENDIAN,
};

#endif
