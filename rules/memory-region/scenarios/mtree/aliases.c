/*
 * Aliases are printed with where they lead to, and each target once, below the spaces.
 *
 * contract: required
 * because: `info mtree` shows where an alias leads, and prints the target on its own, however many aliases lead
 * to it; what it allocates to remember the targets it frees.
 * needs: mtree_info
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"
#include "tree/print.h"

static void expect_aliases(bool with_disabled)
{
    printed_clear();
    mtree_info(false, false, false, with_disabled);
    lifecycle_expect(printed_line("address-space: space", NULL));
    lifecycle_expect(printed_line("  0000000000000000-0000000000000fff ", ": A", NULL));
    lifecycle_expect(printed_line("    0000000000000000-00000000000000ff ", "prio 0, ram", "alias B @T ",
                                  "0000000000000100-00000000000001ff", NULL));
    if (with_disabled) {
        lifecycle_expect(printed_line("    0000000000000200-00000000000002ff ", "alias C @T ",
                                      "0000000000000000-00000000000000ff", "disabled", NULL));
    }
    lifecycle_expect(printed_line("    0000000000000300-00000000000003ff ", "nv-i/o", "alias D @U ", NULL));
    lifecycle_expect(printed_line("memory-region: T", NULL));
    lifecycle_expect(printed_line("  0000000000000000-00000000000001ff ", "ram", ": T", NULL));
    lifecycle_expect(printed_line("memory-region: U", NULL));
    lifecycle_expect(printed_line("  0000000000000000-00000000000000ff ", "i/o", ": U", NULL));
    lifecycle_expect(printed_times("alias ") == (with_disabled ? 3 : 2));
    lifecycle_expect(printed_times("disabled") == with_disabled);
    lifecycle_expect(printed_times("memory-region: ") == 2);
}

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *t = region_init_ram(d2, "T", 0x200);
    MemoryRegion *u = region_init_io(d2, "U", 0x100);
    MemoryRegion *b = region_init_alias(d1, "B", t, 0x100);
    MemoryRegion *c = region_init_alias(d1, "C", t, 0x100);
    MemoryRegion *d = region_init_alias(d1, "D", u, 0x100);
    AddressSpace *as = space_new(a, "space");

    memory_region_set_alias_offset(b, 0x100);
    memory_region_set_enabled(c, false);
    memory_region_set_nonvolatile(d, true);
    memory_region_add_subregion(a, 0, b);
    memory_region_add_subregion(a, 0x200, c);
    memory_region_add_subregion(a, 0x300, d);
    expect_aliases(false);
    expect_aliases(true);
    memory_region_del_subregion(a, b);
    memory_region_del_subregion(a, c);
    memory_region_del_subregion(a, d);
    space_destroy(as);
    owner_unref(d1);
    owner_unref(d2);
}
