/*
 * Flat views are printed with their spaces and ranges; none is held afterwards.
 *
 * contract: required
 * because: `info mtree -f` shows each view once, with its spaces, ranges and where asked for its dispatch table.
 * A view that is printed is held for as long only: its regions go with their owners afterwards.
 * needs: mtree_info
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"
#include "tree/print.h"

static void expect_views(bool dispatch)
{
    printed_clear();
    mtree_info(true, dispatch, false, false);
    lifecycle_expect(printed_line("FlatView #", NULL));
    lifecycle_expect(printed_line(" AS \"one\", root: L, alias A", NULL));
    lifecycle_expect(printed_line(" Root memory region: A", NULL));
    lifecycle_expect(printed_line("  0000000000000000-00000000000000ff ", "prio 0, ram", ": B", ACCELERATOR, NULL));
    lifecycle_expect(printed_line("  0000000000000200-00000000000002ff ", "prio 0, nv-rom", ": C @0000000000000100",
                                  ACCELERATOR, NULL));
    lifecycle_expect(printed_line("  0000000000001000-00000000000010ff ", "prio 0, nv-i/o", ": D", NULL));
    if (dispatch) {
        lifecycle_expect(printed_line("  Dispatch of A", NULL));
        lifecycle_expect(printed_line("    #0 B", NULL) && printed_line("    #1 C", NULL));
        lifecycle_expect(printed_line("    #2 D", NULL));
    }
    lifecycle_expect(printed_times("Dispatch") == dispatch);
    lifecycle_expect(printed_times("FlatView #0") == 1 && printed_times("FlatView #1") == 1);
    lifecycle_expect(printed_times("FlatView #") == 2 && printed_times("No rendered FlatView") == 1);
    lifecycle_expect(printed_times("root: E") == 1 && printed_times("Root memory region: (none)") == 1);
    lifecycle_expect(printed_times(" AS \"") == 2 && printed_times(ACCELERATOR) == 2);
    lifecycle_expect(printed_times("@") == 1 && printed_times("alias") == 1);
}

/* Where the accelerator says nothing, nothing is said about it. */
static void expect_quiet(void)
{
    accelerator_says(false);
    printed_clear();
    mtree_info(true, false, false, false);
    lifecycle_expect(printed_times(ACCELERATOR) == 0 && printed_times("FlatView #") == 2);
}

static MemoryRegion *rom(Owner *owner, const char *name)
{
    MemoryRegion *mr = region_storage(owner);

    memory_region_init_rom_nomigrate(mr, OBJECT(owner), name, 0x200, &error_abort);
    memory_region_set_nonvolatile(mr, true);
    return region_track(mr, owner, name);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d0, "A", 0x2000);
    MemoryRegion *l = region_init_alias(d0, "L", a, 0x2000);
    MemoryRegion *e = region_init(d0, "E", 0x1000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x100);
    MemoryRegion *c = rom(d1, "C");
    MemoryRegion *d = region_init_io(d1, "D", 0x100);
    MemoryRegion *window = region_init_alias(d0, "W", c, 0x100);
    AddressSpace *one = space_new(l, "one");
    AddressSpace *none = space_new(e, "none");

    memory_region_set_alias_offset(window, 0x100);
    memory_region_set_nonvolatile(d, true);
    memory_region_add_subregion(a, 0, b);
    memory_region_add_subregion(a, 0x200, window);
    memory_region_add_subregion(a, 0x1000, d);
    accelerator_says(true);
    expect_views(false);
    expect_views(true);
    expect_quiet();
    memory_region_del_subregion(a, b);
    memory_region_del_subregion(a, window);
    memory_region_del_subregion(a, d);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(none);
    space_destroy(one);
    owner_unref(d0);
}
