/*
 * An alias outlives the owner of its target.
 *
 * contract: tolerated
 * because: An alias holds no reference on its target, and nobody promised what happens then.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *c = region_init(d2, "C", 0x1000);

    region_init_alias(d1, "B", c, 0x800);
    owner_unref(d2);
    owner_unref(d1);
}
