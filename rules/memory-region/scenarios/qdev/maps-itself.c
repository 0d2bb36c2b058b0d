/*
 * A device maps its own RAM when it is realized, and unmaps it when it is unrealized, which unplugging does in
 * spite of the mapping.
 *
 * contract: required
 * because: Unparenting unrealizes a device whatever references there are (device_unparent); with its mapping
 * goes the reference that this held on it.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "board.h"

static MemoryRegion *root;

static AddressSpace *as;
static void *mapped;
static hwaddr length = 0x1000;

static void add(Board *board, Error **errp)
{
    memory_region_init_ram_nomigrate(&board->regions[0], OBJECT(board), "RAM", 0x1000, errp);
    region_track(&board->regions[0], NULL, "RAM");
    memory_region_add_subregion(root, 0x1000, &board->regions[0]);
    mapped = address_space_map(as, 0x1000, &length, true, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(mapped && length == 0x1000);
}

static void del(Board *board)
{
    memory_region_del_subregion(root, &board->regions[0]);
    address_space_unmap(as, mapped, length, true, 0);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Board *board = board_new(add, del);

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
