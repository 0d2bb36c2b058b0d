/*
 * A device with one guarded region and one that may lead back: an access to the latter does not end the guard.
 *
 * contract: required
 * because: While a device is engaged in an access to a guarded region, another one is refused; only the
 * access that began the guard ends it (MemReentrancyGuard).
 * needs: disable_reentrancy_guard
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"
#include "hw/qdev-core.h"

#define TYPE_UNIT "lifecycle-unit"

/* A device with two regions; the test for the type keeps a tree's own. */
typedef struct Unit {
    DeviceState parent_obj;
    MemoryRegion registers;
    MemoryRegion mailbox;
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

static MemTxResult into_mailbox, into_registers;

/* Reads the device's other region, then its own. */
static void back(void *opaque, hwaddr addr, uint64_t data, unsigned size)
{
    Unit *unit = opaque;
    uint64_t value;

    into_mailbox = memory_region_dispatch_read(&unit->mailbox, 0, &value, MO_32, MEMTXATTRS_UNSPECIFIED);
    into_registers = memory_region_dispatch_read(&unit->registers, 4, &value, MO_32, MEMTXATTRS_UNSPECIFIED);
}

/* All reads as 0. */
static uint64_t zero(void *opaque, hwaddr addr, unsigned size)
{
    return 0;
}

static const MemoryRegionOps back_ops = { .read = zero, .write = back, .endianness = DEVICE_LITTLE_ENDIAN };

/* A region of the device. */
static void part_init(Unit *unit, MemoryRegion *mr, const char *name)
{
    memory_region_init_io(mr, OBJECT(unit), &back_ops, unit, name, 0x100);
    region_track(mr, NULL, name);
}

void scenario(void)
{
    Unit *unit;

    if (!object_class_by_name(TYPE_DEVICE)) {
        type_register_static(&device_info);
    }
    type_register_static(&unit_info);
    unit = (Unit *)object_new(TYPE_UNIT);
    part_init(unit, &unit->registers, "registers");
    part_init(unit, &unit->mailbox, "mailbox");
    unit->mailbox.disable_reentrancy_guard = true;
    memory_region_dispatch_write(&unit->registers, 0, 1, MO_32, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(into_mailbox == MEMTX_OK);
    lifecycle_expect(into_registers != MEMTX_OK);
    object_unref(OBJECT(unit));
    lifecycle_expect(unit_gone);
}
