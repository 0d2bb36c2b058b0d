/*
 * A region with an owner but without a name is dropped with its owner.
 *
 * contract: tolerated
 * because: A region without a name is no child of its owner; nobody promised what becomes of it.
 * expect: leak
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_storage(d1);

    memory_region_init(a, OBJECT(d1), NULL, 0x1000);
    region_track(a, d1, "(noname)");
    owner_unref(d1);
}
