/*
 * A device that is written to writes to its own register through the address space, and to another device's:
 * the first is refused, the second is not.
 *
 * contract: required
 * because: While a device is engaged in an access, one that leads back to it is refused, and others are not
 * (MemReentrancyGuard).
 * needs: disable_reentrancy_guard
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "board.h"

static MemoryRegion *root;

static AddressSpace *as;
static MemTxResult to_itself, to_other;

static void add(Board *board, Error **errp)
{
    memory_region_add_subregion(root, 0x1000 * (board->number + 1), &board->regions[0]);
}

static void del(Board *board)
{
    memory_region_del_subregion(root, &board->regions[0]);
}

/* The first device copies what it is told to both. */
static void copy(void *opaque, hwaddr addr, uint64_t data, unsigned size)
{
    Board *board = opaque;

    if (board->number == 0) {
        to_itself = address_space_write(as, 0x1004, MEMTXATTRS_UNSPECIFIED, &data, 4);
        to_other = address_space_write(as, 0x2004, MEMTXATTRS_UNSPECIFIED, &data, 4);
    }
}

static uint64_t zero(void *opaque, hwaddr addr, unsigned size)
{
    return 0;
}

static const MemoryRegionOps copy_ops = { .read = zero, .write = copy, .endianness = DEVICE_LITTLE_ENDIAN };

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Board *pair[2];
    uint32_t value = 1;
    unsigned i;

    root = region_init(d0, "A", 0x10000);
    as = space_new(root, "space");
    for (i = 0; i < 2; i++) {
        pair[i] = board_new(add, del);
        board_registers(pair[i], 0, &copy_ops, i == 0 ? "B" : "C");
        board_plug(pair[i], i == 0 ? "first" : "second", &error_abort);
    }
    drain();
    lifecycle_expect(address_space_write(as, 0x1000, MEMTXATTRS_UNSPECIFIED, &value, 4) == MEMTX_OK);
    lifecycle_expect(to_itself != MEMTX_OK && to_other == MEMTX_OK);
    lifecycle_expect(address_space_write(as, 0x1000, MEMTXATTRS_UNSPECIFIED, &value, 4) == MEMTX_OK);
    board_unplug(pair[0]);
    board_unplug(pair[1]);
    drain();
    lifecycle_expect(boards[0].gone && boards[1].gone);
    space_destroy(as);
    owner_unref(d0);
}
