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
#include "unplug.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    hwaddr length = 4;
    AddressSpace *as = unplug_prepare(d0, 0x1000);
    uint8_t *mapped;

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
