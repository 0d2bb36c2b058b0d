/*
 * The address of a region in no container is set, and it is added afterwards.
 *
 * contract: required
 * because: memory_region_set_address only moves what is in a container.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d2, "B", 0x100);
    unsigned before = OBJECT(d2)->ref;

    memory_region_set_address(b, 0x200);
    lifecycle_expect(OBJECT(d2)->ref == before);
    memory_region_add_subregion(a, 0x300, b);
    owner_unref(d1);
    lifecycle_expect(!memory_region_is_mapped(b));
    owner_unref(d2);
}
