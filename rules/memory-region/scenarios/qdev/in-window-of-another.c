/*
 * The registers of one device are in the window of another, and both are unplugged, in either order.
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

static MemoryRegion *window;

static void add_window(Board *board, Error **errp)
{
    memory_region_init(&board->regions[0], OBJECT(board), "window", 0x1000);
    window = region_track(&board->regions[0], NULL, "window");
    memory_region_add_subregion(root, 0x1000, window);
}

static void del_window(Board *board)
{
    memory_region_del_subregion(root, window);
}

static void add(Board *board, Error **errp)
{
    board_registers(board, 0, &region_quiet_ops, "registers");
    memory_region_add_subregion(window, 0x100, &board->regions[0]);
}

static void del(Board *board)
{
    memory_region_del_subregion(window, &board->regions[0]);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Board *bridge = board_new(add_window, del_window);
    Board *board = board_new(add, del);
    bool bridge_first = lifecycle_choose(2, "which goes first") == 1;
    AddressSpace *as;

    root = region_init(d0, "A", 0x10000);
    as = space_new(root, "space");
    board_plug(bridge, "bridge", &error_abort);
    board_plug(board, "board", &error_abort);
    drain();
    if (bridge_first) {
        /* The window's storage must be there when the other device is unrealized. */
        object_ref(OBJECT(bridge));
        board_unplug(bridge);
        drain();
        lifecycle_expect(boards[0].unrealized == 1 && !boards[0].gone);
    }
    board_unplug(board);
    drain();
    lifecycle_expect(boards[1].gone);
    if (bridge_first) {
        object_unref(OBJECT(bridge));
    } else {
        board_unplug(bridge);
        drain();
    }
    lifecycle_expect(boards[0].gone);
    space_destroy(as);
    owner_unref(d0);
}
