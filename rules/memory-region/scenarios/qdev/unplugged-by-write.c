/*
 * A device is unplugged by a write to its own register: it stays until the access and its reader are done.
 *
 * contract: required
 * because: The owner of a region stays alive as long as the region is visible to the guest or in use, which it
 * is during an access (docs/devel/memory.rst, Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "board.h"

static MemoryRegion *root;

static void add(Board *board, Error **errp)
{
    memory_region_add_subregion(root, 0x1000, &board->regions[0]);
}

static void del(Board *board)
{
    memory_region_del_subregion(root, &board->regions[0]);
}

static void unplug(void *opaque, hwaddr addr, uint64_t data, unsigned size)
{
    board_unplug(opaque);
    lifecycle_expect(boards[0].unrealized == 1 && !boards[0].gone);
}

static uint64_t zero(void *opaque, hwaddr addr, unsigned size)
{
    return 0;
}

static const MemoryRegionOps unplug_ops = { .read = zero, .write = unplug, .endianness = DEVICE_LITTLE_ENDIAN };

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Board *board = board_new(add, del);
    AddressSpace *as;
    uint32_t value = 1;

    root = region_init(d0, "A", 0x10000);
    as = space_new(root, "space");
    board_registers(board, 0, &unplug_ops, "B");
    board_plug(board, "board", &error_abort);
    drain();
    lifecycle_expect(address_space_write(as, 0x1000, MEMTXATTRS_UNSPECIFIED, &value, 4) == MEMTX_OK);
    drain();
    lifecycle_expect(boards[0].gone);
    space_destroy(as);
    owner_unref(d0);
}
