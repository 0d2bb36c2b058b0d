/*
 * The regions of a space are printed: each below its container, by address and priority, with its kind.
 *
 * contract: required
 * because: `info mtree` shows which region is where, and every region once (docs/devel/memory.rst, Debugging);
 * reading changes nothing, and what it allocates it frees.
 * needs: mtree_info
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"
#include "tree/print.h"

static void expect_regions(bool with_disabled)
{
    printed_clear();
    mtree_info(false, false, false, with_disabled);
    lifecycle_expect(printed_line("address-space: space", NULL));
    lifecycle_expect(printed_line("    0000000000010000-000000000001ffff ", "prio 0, i/o", ": A", NULL));
    lifecycle_expect(printed_line("      0000000000010100-00000000000102ff ", "prio 2, i/o", ": C", NULL));
    lifecycle_expect(printed_line("      0000000000010100-00000000000101ff ", "prio 0, ram", ": B", NULL));
    if (with_disabled) {
        lifecycle_expect(printed_line("        0000000000010120-000000000001013f ", "i/o", ": D", "disabled", NULL));
    }
    lifecycle_expect(printed_line("      0000000000010200-00000000000102ff ", "prio 1, nv-rom", ": E", NULL));
    /* The later one is on top. */
    lifecycle_expect(printed_line("      0000000000010400-00000000000104ff ", "prio -1, romd", ": G", NULL));
    lifecycle_expect(printed_line("      0000000000010400-00000000000104ff ", "prio -1, romd", ": F", NULL));
    lifecycle_expect(printed_times(": ") == (with_disabled ? 9 : 8));
    lifecycle_expect(printed_times("disabled") == with_disabled);
    lifecycle_expect(printed_times("OVERFLOW") == 0);
    lifecycle_expect(printed_times("orphan") == 0 && printed_times("owner") == 0);
}

static MemoryRegion *rom_device(Owner *owner, const char *name)
{
    MemoryRegion *mr = region_storage(owner);

    memory_region_init_rom_device_nomigrate(mr, OBJECT(owner), &region_quiet_ops, NULL, name, 0x100, &error_abort);
    return region_track(mr, owner, name);
}

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x10000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x100);
    MemoryRegion *c = region_init_io(d1, "C", 0x200);
    MemoryRegion *d = region_init_io(d1, "D", 0x20);
    MemoryRegion *e = region_storage(d1);
    MemoryRegion *f = rom_device(d1, "F");
    MemoryRegion *g = rom_device(d1, "G");
    MemoryRegion *outer = region_init(d1, "O", 0x20000);
    AddressSpace *as;

    memory_region_init_rom_nomigrate(e, OBJECT(d1), "E", 0x100, &error_abort);
    region_track(e, d1, "E");
    memory_region_set_nonvolatile(e, true);
    memory_region_set_enabled(d, false);
    memory_region_add_subregion_overlap(a, 0x400, f, -1);
    memory_region_add_subregion_overlap(a, 0x400, g, -1);
    memory_region_add_subregion_overlap(a, 0x200, e, 1);
    memory_region_add_subregion(a, 0x100, b);
    memory_region_add_subregion_overlap(a, 0x100, c, 2);
    memory_region_add_subregion(b, 0x20, d);
    memory_region_add_subregion(outer, 0x10000, a);
    as = space_new(outer, "space");
    expect_regions(false);
    expect_regions(true);
    memory_region_del_subregion(outer, a);
    memory_region_del_subregion(b, d);
    memory_region_del_subregion(a, b);
    memory_region_del_subregion(a, c);
    memory_region_del_subregion(a, e);
    memory_region_del_subregion(a, f);
    memory_region_del_subregion(a, g);
    space_destroy(as);
    owner_unref(d1);
}
