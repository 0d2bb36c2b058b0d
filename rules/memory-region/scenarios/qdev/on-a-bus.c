/*
 * A device on the bus of another goes with it: each is unrealized, and takes away what it showed.
 *
 * contract: required
 * because: Unrealizing a device unrealizes what is on its buses first, and unparenting unparents it
 * (device_set_realized, device_unparent).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "board.h"

static MemoryRegion *root;

#define TYPE_SLOTS "lifecycle-slots"
#define TYPE_CARD "lifecycle-card"

/* What it was called before 6.2. */
#if !__has_include("qemu/coroutine-tls.h")
#define qbus_new qbus_create
#endif

static BusState *slots;

static const TypeInfo slots_info = {
    .name = TYPE_SLOTS,
    .parent = TYPE_BUS,
    .instance_size = sizeof(BusState),
};

/* A device that is plugged into a slot. */
static void card_class_init(ObjectClass *class, LifecycleClassData data)
{
    DEVICE_CLASS(class)->bus_type = TYPE_SLOTS;
}

static const TypeInfo card_info = { .name = TYPE_CARD, .parent = TYPE_BOARD, .class_init = card_class_init };

static void add_window(Board *board, Error **errp)
{
    memory_region_add_subregion(root, 0x1000, &board->regions[0]);
}

static void del_window(Board *board)
{
    lifecycle_expect(boards[1].unrealized == 1);
    memory_region_del_subregion(root, &board->regions[0]);
}

static void add(Board *board, Error **errp)
{
    Board *bridge = (Board *)slots->parent;

    memory_region_add_subregion(&bridge->regions[0], 0x100, &board->regions[0]);
}

static void del(Board *board)
{
    Board *bridge = (Board *)slots->parent;

    memory_region_del_subregion(&bridge->regions[0], &board->regions[0]);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Board *bridge = board_new(add_window, del_window);
    Board *board;
    AddressSpace *as;

    type_register_static(&slots_info);
    type_register_static(&card_info);
    board = board_new_of(TYPE_CARD, add, del);
    root = region_init(d0, "A", 0x10000);
    as = space_new(root, "space");
    memory_region_init(&bridge->regions[0], OBJECT(bridge), "window", 0x1000);
    region_track(&bridge->regions[0], NULL, "window");
    board_registers(board, 0, &region_quiet_ops, "registers");
    slots = (BusState *)qbus_new(TYPE_SLOTS, DEVICE(bridge), "slots");
    board_plug(bridge, "bridge", &error_abort);
    qdev_realize(DEVICE(board), slots, &error_abort);
    object_unref(OBJECT(board));
    drain();
    board_unplug(bridge);
    drain();
    lifecycle_expect(boards[0].unrealized == 1 && boards[1].unrealized == 1);
    lifecycle_expect(boards[0].gone && boards[1].gone);
    space_destroy(as);
    owner_unref(d0);
}
