/*
 * A device unplugs itself when the guest writes to its register.
 *
 * contract: required
 * because: The owner of a region stays alive as long as the region is visible to the guest or in use;
 * afterwards it dies with its last reference, and the region with it (docs/devel/memory.rst, Region
 * lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "unit.h"

static MemoryRegion *root;

/* The guest asks the device to unplug itself. */
static void unplug(void *opaque, hwaddr addr, uint64_t data, unsigned size)
{
    Unit *unit = opaque;

    memory_region_del_subregion(root, &unit->registers);
    object_unref(OBJECT(unit));
    lifecycle_expect(!unit_gone);
}

/* Registers read as 0. */
static uint64_t zero(void *opaque, hwaddr addr, unsigned size)
{
    return 0;
}

static const MemoryRegionOps unplug_ops = { .read = zero, .write = unplug, .endianness = DEVICE_LITTLE_ENDIAN };

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Unit *unit = unit_new(&unplug_ops);
    AddressSpace *as;

    root = region_init(d0, "A", 0x1000);
    as = space_new(root, "space");
    memory_region_add_subregion(root, 0, &unit->registers);
    drain();
    rcu_read_lock();
    memory_region_dispatch_write(&unit->registers, 0, 1, MO_32, MEMTXATTRS_UNSPECIFIED);
    rcu_read_unlock();
    drain();
    lifecycle_expect(unit_gone);
    space_destroy(as);
    owner_unref(d0);
}
