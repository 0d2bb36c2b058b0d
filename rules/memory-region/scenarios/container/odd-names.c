/*
 * The names of regions have characters that no path may have.
 *
 * contract: required
 * because: Region names are only used for debugging (docs/devel/memory.rst, Region names).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "a/b", 0x1000);
    MemoryRegion *b = region_init(d1, "[a]\\b", 0x1000);
    MemoryRegion *c = region_init(d1, "", 0x1000);

    lifecycle_expect(strcmp(memory_region_name(a), "a/b") == 0);
    owner_unref(d1);
    lifecycle_expect(!lifecycle_region_lives(a));
    lifecycle_expect(!lifecycle_region_lives(b));
    lifecycle_expect(!lifecycle_region_lives(c));
}
