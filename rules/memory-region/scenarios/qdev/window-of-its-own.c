/*
 * A device leaves its registers in its own window, and takes only that away when it is unrealized.
 *
 * contract: required
 * because: Regions of one device may stay in each other when it goes: they are finalized with it, as it is
 * documented since 10.1 (docs/devel/memory.rst, Region lifecycle).
 * expect: leak
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
    memory_region_init(&board->regions[0], OBJECT(board), "window", 0x1000);
    region_track(&board->regions[0], NULL, "window");
    board_registers(board, 1, &region_quiet_ops, "registers");
    memory_region_add_subregion(&board->regions[0], 0, &board->regions[1]);
    board_plug(board, "board", &error_abort);
    drain();
    board_unplug(board);
    drain();
    space_destroy(as);
    owner_unref(d0);
}
