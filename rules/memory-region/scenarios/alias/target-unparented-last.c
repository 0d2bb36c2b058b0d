/*
 * An alias is unparented before its target, which is a container.
 *
 * contract: required
 * because: A container or an alias may be unparented at any time; 10.2 advises against it, and keeps
 * the exception (docs/devel/memory.rst, Region lifecycle).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *c = region_init(d1, "C", 0x100);
    MemoryRegion *b = region_init_alias(d1, "B", c, 0x100);

    object_unparent(OBJECT(b));
    lifecycle_expect(lifecycle_region_lives(c));
    object_unparent(OBJECT(c));
    lifecycle_expect(!lifecycle_region_lives(c));
    owner_unref(d1);
}
