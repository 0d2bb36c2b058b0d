/*
 * The guest writes to a register whose device unplugs itself, through its address space.
 *
 * contract: required
 * because: The owner of a region stays alive as long as the region is visible to the guest or in use;
 * afterwards it dies with its last reference, and the region with it (docs/devel/memory.rst, Region
 * lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "unplug.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    /* Registers of a whole page, or of a part of one. */
    uint64_t size = lifecycle_choose(2, "how large") == 0 ? 0x1000 : 0x100;
    AddressSpace *as = unplug_prepare(d0, size);
    uint32_t value = 1;

    memory_region_add_subregion(root, 0x2000, registers);
    drain();
    lifecycle_expect(address_space_write(as, 0x2000, MEMTXATTRS_UNSPECIFIED, &value, 4) == MEMTX_OK);
    drain();
    lifecycle_expect(owner_gone(1));
    lifecycle_expect(address_space_write(as, 0x2000, MEMTXATTRS_UNSPECIFIED, &value, 4) != MEMTX_OK);
    space_destroy(as);
    owner_unref(d0);
}
