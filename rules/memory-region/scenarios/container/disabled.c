/*
 * A disabled region in a container is held like any other.
 *
 * contract: required
 * because: A container holds what it contains; being enabled only decides what is visible
 * (memory_region_set_enabled).
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

    memory_region_set_enabled(b, false);
    memory_region_add_subregion(a, 0, b);
    owner_unref(d2);
    lifecycle_expect(!owner_gone(1));
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
}
