/*
 * An owner removes its region from its own container in its instance_finalize.
 *
 * contract: tolerated
 * because: Nobody promised that regions are still what they were when the instance_finalize of their
 * owner runs.
 * expect: leak
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

/* The owner's instance_finalize. */
static void take_apart(Owner *owner)
{
    memory_region_del_subregion(&owner->regions[0], &owner->regions[1]);
}

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d1, "B", 0x100);

    memory_region_add_subregion(a, 0, b);
    owner_at_finalize(d1, take_apart);
    owner_unref(d1);
}
