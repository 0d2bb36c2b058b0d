/*
 * A device has mapped the RAM of another one, which is unplugged: that goes when the mapping ends.
 *
 * contract: required
 * because: What is mapped stays until it is unmapped: a mapping is a use of the region, whose owner it keeps
 * alive (address_space_map, address_space_unmap).
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
}

static void del(Board *board)
{
    memory_region_del_subregion(root, &board->regions[0]);
}

static void map(Board *board, Error **errp)
{
    mapped = address_space_map(as, 0x1000, &length, true, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(mapped && length == 0x1000);
}

static void unmap(Board *board)
{
    address_space_unmap(as, mapped, length, true, length);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Board *memory = board_new(add, del);
    Board *user = board_new(map, unmap);

    root = region_init(d0, "A", 0x10000);
    as = space_new(root, "space");
    board_plug(memory, "memory", &error_abort);
    board_plug(user, "user", &error_abort);
    board_unplug(memory);
    drain();
    lifecycle_expect(boards[0].unrealized == 1 && !boards[0].gone);
    memset(mapped, 1, length);
    board_unplug(user);
    drain();
    lifecycle_expect(boards[0].gone && boards[1].gone);
    space_destroy(as);
    owner_unref(d0);
}
