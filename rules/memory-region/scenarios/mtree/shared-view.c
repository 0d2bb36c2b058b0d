/*
 * A flat view that two spaces share is printed once, and not held afterwards.
 *
 * contract: required
 * because: `info mtree -f` shows each view once, and reading changes nothing: whoever takes a view lets it go as
 * often (address_space_get_flatview). Known to leak where the view is taken for each space and let go once.
 * needs: mtree_info
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"
#include "tree/print.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d0, "A", 0x2000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x100);
    AddressSpace *one = space_new(a, "one");
    AddressSpace *two = space_new(a, "two");

    memory_region_add_subregion(a, 0, b);
    printed_clear();
    mtree_info(true, false, false, false);
    lifecycle_expect(printed_line("FlatView #0", NULL));
    lifecycle_expect(printed_line(" AS \"one\", root: A", NULL));
    lifecycle_expect(printed_line(" AS \"two\", root: A", NULL));
    lifecycle_expect(printed_line("  0000000000000000-00000000000000ff ", "ram", ": B", NULL));
    lifecycle_expect(printed_times("FlatView #") == 1 && printed_times("root: ") == 2 && printed_times("ram") == 1);
    memory_region_del_subregion(a, b);
    settle();
    owner_unref(d1);
    space_destroy(two);
    space_destroy(one);
    owner_unref(d0);
}
