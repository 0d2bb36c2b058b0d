/*
 * A device with one region, for the scenarios of devices.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef UNIT_H
#define UNIT_H

#include "lifecycle.h"
#include "hw/qdev-core.h"

#define TYPE_UNIT "lifecycle-unit"

/* A device with one region; the test for the type keeps a tree's own. */
typedef struct Unit {
    DeviceState parent_obj;
    MemoryRegion registers;
} Unit;

static bool unit_gone;

/* The device's instance_finalize. */
static void unit_finalize(Object *obj)
{
    unit_gone = true;
}

static const TypeInfo device_info = {
    .name = TYPE_DEVICE,
    .parent = TYPE_OBJECT,
    .instance_size = sizeof(DeviceState),
    .abstract = true,
};

static const TypeInfo unit_info = {
    .name = TYPE_UNIT,
    .parent = TYPE_DEVICE,
    .instance_size = sizeof(Unit),
    .instance_finalize = unit_finalize,
};

/* A device whose registers have these callbacks. */
static Unit *unit_new(const MemoryRegionOps *ops)
{
    Unit *unit;

    if (!object_class_by_name(TYPE_DEVICE)) {
        type_register_static(&device_info);
    }
    if (!object_class_by_name(TYPE_UNIT)) {
        type_register_static(&unit_info);
    }
    unit = (Unit *)object_new(TYPE_UNIT);
    memory_region_init_io(&unit->registers, OBJECT(unit), ops, unit, "registers", 0x100);
    region_track(&unit->registers, NULL, "registers");
    return unit;
}

#endif
