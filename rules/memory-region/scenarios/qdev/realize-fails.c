/*
 * A device shows its registers, fails to be realized after that, and takes them away: it is not unrealized.
 *
 * contract: required
 * because: A realize that fails undoes what it did; the device is then unparented and goes
 * (device_set_realized).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "board.h"

static MemoryRegion *root;

static void fail(Board *board, Error **errp)
{
    memory_region_add_subregion(root, 0x1000, &board->regions[0]);
    memory_region_del_subregion(root, &board->regions[0]);
    error_setg(errp, "there is no place for it");
}

static void never(Board *board)
{
    lifecycle_fail("invariant", "what was not realized is unrealized");
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Board *board = board_new(fail, never);
    AddressSpace *as;
    Error *err = NULL;

    root = region_init(d0, "A", 0x10000);
    as = space_new(root, "space");
    board_registers(board, 0, &region_quiet_ops, "B");
    board_plug(board, "board", &err);
    lifecycle_expect(err && boards[0].realized == 1);
    error_free(err);
    board_unplug(board);
    drain();
    lifecycle_expect(boards[0].gone);
    space_destroy(as);
    owner_unref(d0);
}
