/*
 * Regions that lie beyond the end of all addresses are marked where they are printed; others are not.
 *
 * contract: required
 * because: `info mtree` warns of a region whose addresses wrap around.
 * needs: mtree_info
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"
#include "tree/print.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", UINT64_MAX);
    MemoryRegion *b = region_init(d1, "B", 0x2000);
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    MemoryRegion *d = region_init_io(d1, "D", 1);
    AddressSpace *as = space_new(a, "space");

    memory_region_add_subregion(a, 0xfffffffffffff000, b);
    memory_region_add_subregion(b, 0x1800, c);
    memory_region_add_subregion(a, 0x1000, d);
    printed_clear();
    mtree_info(false, false, false, false);
    lifecycle_expect(printed_line("  0000000000000000-ffffffffffffffff ", ": A", NULL));
    lifecycle_expect(printed_line("    0000000000001000-0000000000001000 ", ": D", NULL));
    lifecycle_expect(printed_line("[DETECTED OVERFLOW!] ", "fffffffffffff000-0000000000000fff ", ": B", NULL));
    lifecycle_expect(printed_line("[DETECTED OVERFLOW!] ", "0000000000000800-00000000000008ff ", ": C", NULL));
    memory_region_del_subregion(a, b);
    memory_region_del_subregion(b, c);
    memory_region_del_subregion(a, d);
    space_destroy(as);
    owner_unref(d1);
}
