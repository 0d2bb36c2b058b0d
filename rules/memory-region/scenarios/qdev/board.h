/*
 * A device of the tree's own kind, with some regions, for the scenarios of devices that are plugged and unplugged.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef BOARD_H
#define BOARD_H

#include "lifecycle.h"
#include "hw/qdev-core.h"

#define TYPE_BOARD "lifecycle-board"
#define BOARD_REGIONS 3

/* What a device does when it is realized and unrealized is the scenario's. */
typedef struct Board {
    DeviceState parent_obj;
    unsigned number;
    void (*realize)(struct Board *board, Error **errp);
    void (*unrealize)(struct Board *board);
    MemoryRegion regions[BOARD_REGIONS];
} Board;

/* What became of each of them, by number. */
static struct {
    unsigned realized;
    unsigned unrealized;
    bool gone;
} boards[4];
static unsigned boards_nb;

static void board_realize(DeviceState *dev, Error **errp)
{
    Board *board = (Board *)dev;

    boards[board->number].realized++;
    board->realize(board, errp);
}

/* Everything is still there. */
static void board_unrealize(DeviceState *dev)
{
    Board *board = (Board *)dev;

    boards[board->number].unrealized++;
    lifecycle_expect(!boards[board->number].gone);
    board->unrealize(board);
}

static void board_finalize(Object *obj)
{
    Board *board = (Board *)obj;

    lifecycle_note("finalized board %u", board->number);
    lifecycle_expect(!boards[board->number].gone);
    boards[board->number].gone = true;
}

static void board_class_init(ObjectClass *class, LifecycleClassData data)
{
    DeviceClass *dc = DEVICE_CLASS(class);

    dc->realize = board_realize;
    dc->unrealize = board_unrealize;
}

static const TypeInfo board_info = {
    .name = TYPE_BOARD,
    .parent = TYPE_DEVICE,
    .instance_size = sizeof(Board),
    .instance_finalize = board_finalize,
    .class_init = board_class_init,
};

/* A device of some type with one reference, the caller's. */
static Board *board_new_of(const char *type, void (*realize)(Board *board, Error **errp),
                           void (*unrealize)(Board *board))
{
    Board *board = (Board *)object_new(type);

    board->number = boards_nb++;
    board->realize = realize;
    board->unrealize = unrealize;
    lifecycle_name(board, "board %u", board->number);
    return board;
}

static Board *board_new(void (*realize)(Board *board, Error **errp), void (*unrealize)(Board *board))
{
    if (!object_class_by_name(TYPE_BOARD)) {
        type_register_static(&board_info);
    }
    return board_new_of(TYPE_BOARD, realize, unrealize);
}

/* Registers of a device's. */
static MemoryRegion *board_registers(Board *board, unsigned index, const MemoryRegionOps *ops, const char *name)
{
    MemoryRegion *mr = &board->regions[index];

    memory_region_init_io(mr, OBJECT(board), ops, board, name, 0x100);
    return region_track(mr, NULL, name);
}

/* As `device_add` does: the machine has the only reference. */
static void board_plug(Board *board, const char *id, Error **errp)
{
    object_property_add_child(object_resolve_path("/machine/peripheral", NULL), id, OBJECT(board));
    qdev_realize(DEVICE(board), NULL, errp);
    object_unref(OBJECT(board));
}

/* As `device_del` does. */
static void board_unplug(Board *board)
{
    object_unparent(OBJECT(board));
}

#endif
