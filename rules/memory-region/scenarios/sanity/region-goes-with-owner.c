/*
 * A region goes with the object that owns it.
 *
 * contract: required
 * because: A memory region is destroyed when the object that owns it dies; adding it to a container is
 * no reason to outlive the owner.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x1000);

    lifecycle_expect(memory_region_owner(a) == OBJECT(d1));
    lifecycle_expect(!memory_region_is_mapped(a));
    owner_unref(d1);
    lifecycle_expect(!lifecycle_region_lives(a));
}
