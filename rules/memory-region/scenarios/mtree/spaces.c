/*
 * Spaces are printed by name above the root that they share, and no space is kept by it.
 *
 * contract: required
 * because: `info mtree` names the spaces of one root together, by name, and prints the root once; what it
 * allocates to gather them it frees.
 * needs: address_space_compare_name
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"
#include "tree/print.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d2, "B", 0x1000);
    AddressSpace *third = space_new(b, "third");
    AddressSpace *second = space_new(a, "second");
    AddressSpace *first = space_new(a, "first");

    printed_clear();
    mtree_info(false, false, false, false);
    lifecycle_expect(printed_line("address-space: first", NULL));
    lifecycle_expect(printed_line("address-space: second", NULL));
    lifecycle_expect(printed_line("  0000000000000000-0000000000000fff ", ": A", NULL));
    lifecycle_expect(printed_times(": A") == 1 && printed_times(": B") == 1);
    lifecycle_expect(printed_times("address-space: ") == 3 && printed_times("third") == 1);
    space_destroy(first);
    space_destroy(second);
    printed_clear();
    mtree_info(false, false, false, false);
    lifecycle_expect(printed_times("address-space: ") == 1 && printed_times("third") == 1);
    owner_unref(d1);
    space_destroy(third);
    owner_unref(d2);
}
