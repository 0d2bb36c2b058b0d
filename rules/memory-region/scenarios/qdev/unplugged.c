/*
 * A device shows its registers when it is realized, and takes them away when it is unrealized, which
 * unplugging does.
 *
 * contract: required
 * because: A device that is unparented is unrealized first, while its regions are still there; they go with it
 * when nobody uses them any more (device_unparent; docs/devel/memory.rst, Region lifecycle).
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

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Board *board = board_new(add, del);
    AddressSpace *as;
    uint32_t value = 1;

    root = region_init(d0, "A", 0x10000);
    as = space_new(root, "space");
    board_registers(board, 0, &region_quiet_ops, "B");
    board_plug(board, "board", &error_abort);
    lifecycle_expect(boards[0].realized == 1 && board->regions[0].container == root);
    lifecycle_expect(address_space_write(as, 0x1000, MEMTXATTRS_UNSPECIFIED, &value, 4) == MEMTX_OK);
    board_unplug(board);
    lifecycle_expect(boards[0].unrealized == 1 && !boards[0].gone);
    drain();
    lifecycle_expect(boards[0].gone);
    space_destroy(as);
    owner_unref(d0);
}
