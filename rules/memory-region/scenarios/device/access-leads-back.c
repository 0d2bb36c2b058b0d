/*
 * A device accesses its own registers from the callback of a write; the next write is taken again.
 *
 * contract: tolerated
 * because: Nobody promised what becomes of an access that leads back to the device; since 8.1 it is
 * refused.
 * expect: clean
 *
 * Up to 7.2 the access is carried out: there it ends as invariant.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "unit.h"

static MemTxResult inner;

/* Reads its own registers while it is written to. */
static void back(void *opaque, hwaddr addr, uint64_t data, unsigned size)
{
    Unit *unit = opaque;
    uint64_t value;

    inner = memory_region_dispatch_read(&unit->registers, 4, &value, MO_32, MEMTXATTRS_UNSPECIFIED);
}

/* Registers read as 0. */
static uint64_t zero(void *opaque, hwaddr addr, unsigned size)
{
    return 0;
}

static const MemoryRegionOps back_ops = { .read = zero, .write = back, .endianness = DEVICE_LITTLE_ENDIAN };

void scenario(void)
{
    Unit *unit = unit_new(&back_ops);
    MemTxResult outer;

    memory_region_dispatch_write(&unit->registers, 0, 1, MO_32, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(inner != MEMTX_OK);
    outer = memory_region_dispatch_write(&unit->registers, 0, 1, MO_32, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(outer == MEMTX_OK);
    object_unref(OBJECT(unit));
    lifecycle_expect(unit_gone);
}
