/*
 * A device makes its regions only when it is realized, one of them in a container of its own, and takes all
 * away again.
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
    memory_region_init(&board->regions[0], OBJECT(board), "window", 0x1000);
    region_track(&board->regions[0], NULL, "window");
    board_registers(board, 1, &region_quiet_ops, "registers");
    memory_region_add_subregion(&board->regions[0], 0, &board->regions[1]);
    memory_region_add_subregion(root, 0x1000, &board->regions[0]);
}

static void del(Board *board)
{
    memory_region_del_subregion(root, &board->regions[0]);
    memory_region_del_subregion(&board->regions[0], &board->regions[1]);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Board *board = board_new(add, del);
    AddressSpace *as;

    root = region_init(d0, "A", 0x10000);
    as = space_new(root, "space");
    board_plug(board, "board", &error_abort);
    drain();
    board_unplug(board);
    drain();
    lifecycle_expect(boards[0].gone);
    space_destroy(as);
    owner_unref(d0);
}
