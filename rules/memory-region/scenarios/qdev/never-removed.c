/*
 * A device shows its registers when it is realized, and never takes them away.
 *
 * contract: tolerated
 * because: A device removes what it shows; a region in a container of another owner keeps its device alive
 * (docs/devel/memory.rst, Region lifecycle).
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

static void keep(Board *board)
{
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Board *board = board_new(add, keep);

    root = region_init(d0, "A", 0x10000);
    board_registers(board, 0, &region_quiet_ops, "B");
    board_plug(board, "board", &error_abort);
    board_unplug(board);
    drain();
    lifecycle_expect(boards[0].unrealized == 1 && !boards[0].gone);
}
