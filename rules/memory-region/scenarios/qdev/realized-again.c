/*
 * A device is unrealized and realized again, and then unplugged: what is shown is taken away as often.
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

    root = region_init(d0, "A", 0x10000);
    as = space_new(root, "space");
    board_registers(board, 0, &region_quiet_ops, "B");
    board_plug(board, "board", &error_abort);
    drain();
    qdev_unrealize(DEVICE(board));
    lifecycle_expect(boards[0].unrealized == 1 && !board->regions[0].container);
    drain();
    lifecycle_expect(!boards[0].gone);
    qdev_realize(DEVICE(board), NULL, &error_abort);
    drain();
    board_unplug(board);
    drain();
    lifecycle_expect(boards[0].unrealized == 2 && boards[0].gone);
    space_destroy(as);
    owner_unref(d0);
}
