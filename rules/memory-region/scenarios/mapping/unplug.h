/*
 * Registers whose device unplugs itself when they are written to, for the scenarios of mappings.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef UNPLUG_H
#define UNPLUG_H

#include "lifecycle.h"

static MemoryRegion *root, *registers;
static Owner *device;

static void unplug(void *opaque, hwaddr addr, uint64_t data, unsigned size)
{
    memory_region_del_subregion(root, registers);
    owner_unref(device);
    lifecycle_expect(!owner_gone(1));
}

static uint64_t zero(void *opaque, hwaddr addr, unsigned size)
{
    return 0;
}

static const MemoryRegionOps unplug_ops = { .read = zero, .write = unplug, .endianness = DEVICE_LITTLE_ENDIAN };

/* The device, with registers that are not placed yet, and a space of another's that shows where they will be. */
static AddressSpace *unplug_prepare(Owner *d0, uint64_t size)
{
    device = owner_new("D1");
    root = region_init(d0, "A", 0x10000);
    registers = region_storage(device);
    memory_region_init_io(registers, OBJECT(device), &unplug_ops, device, "B", size);
    region_track(registers, device, "B");
    return space_new(root, "space");
}

#endif
