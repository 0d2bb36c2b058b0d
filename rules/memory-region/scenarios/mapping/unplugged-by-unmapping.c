/*
 * What is written to a bounce buffer reaches the registers when it is unmapped, and their device unplugs
 * itself.
 *
 * contract: required
 * because: What is mapped stays until it is unmapped, and whoever maps it must unmap it (address_space_map,
 * address_space_unmap): a mapping is a use of the region, whose owner it keeps alive.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
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

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    hwaddr length = 4;
    AddressSpace *as;
    uint8_t *mapped;

    device = owner_new("D1");
    root = region_init(d0, "A", 0x10000);
    registers = region_storage(device);
    memory_region_init_io(registers, OBJECT(device), &unplug_ops, device, "B", 0x1000);
    region_track(registers, device, "B");
    as = space_new(root, "space");
    memory_region_add_subregion(root, 0, registers);
    drain();
    mapped = address_space_map(as, 0, &length, true, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(mapped && length == 4);
    memset(mapped, 1, length);
    address_space_unmap(as, mapped, length, true, length);
    drain();
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
