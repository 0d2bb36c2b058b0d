/*
 * An alias and its target have one owner and are in no container.
 *
 * contract: required
 * because: Destruction of a region happens when the object that owns it dies (docs/devel/memory.rst,
 * Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    MemoryRegion *b = region_init_alias(d1, "B", c, 0x100);

    owner_unref(d1);
    lifecycle_expect(!lifecycle_region_lives(b) && !lifecycle_region_lives(c));
}
