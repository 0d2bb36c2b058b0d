/*
 * Regions are printed with who owns them: a device by its id or path, an object by its path or type, nobody.
 *
 * contract: required
 * because: `info mtree -o` shows the owner of each region, and where that is another object the region's parent;
 * what it allocates for paths it frees.
 * needs: mtree_info
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../device/unit.h"
#include "tree/print.h"

static void expect_owners(bool flatview)
{
    printed_clear();
    mtree_info(flatview, false, true, false);
    lifecycle_expect(printed_line("  ", ": B", " owner:{obj type=lifecycle-owner}", NULL));
    lifecycle_expect(printed_line("  ", ": registers", " owner:{dev id=first}", NULL));
    lifecycle_expect(printed_line("  ", ": registers", " owner:{dev path=/second}", NULL));
    lifecycle_expect(printed_line("  ", ": N", " parent:{obj path=/machine/unattached}", NULL));
    lifecycle_expect(flatview || printed_line("    ", ": stray", " orphan", NULL));
    lifecycle_expect(flatview || printed_line("    ", "alias S @B ", " owner:{obj type=lifecycle-owner}", NULL));
    lifecycle_expect(printed_times("orphan") == !flatview);
    lifecycle_expect(printed_times("parent:{") == 1);
    printed_clear();
    mtree_info(flatview, false, false, false);
    lifecycle_expect(printed_times("orphan") == 0 && printed_times("owner") == 0 && printed_times("parent") == 0);
    lifecycle_expect(printed_line("  ", ": B", NULL) && printed_line("  ", ": N", NULL));
}

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init(d1, "A", 0x4000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    MemoryRegion *shown = region_init_alias(d1, "S", b, 0x100);
    MemoryRegion *stray = region_new_unowned();
    MemoryRegion *nobodys = g_new0(MemoryRegion, 1);
    Unit *first = unit_new(&region_quiet_ops);
    Unit *second = unit_new(&region_quiet_ops);
    AddressSpace *as = space_new(a, "space");

    first->parent_obj.id = g_strdup("first");
    object_property_add_child(object_get_root(), "second", OBJECT(second));
    memory_region_init_io(nobodys, NULL, &region_quiet_ops, NULL, "N", 0x100);
    region_track(nobodys, NULL, "N");
    memory_region_add_subregion(a, 0, b);
    memory_region_add_subregion(a, 0x100, &first->registers);
    memory_region_add_subregion(a, 0x200, &second->registers);
    memory_region_add_subregion(a, 0x300, nobodys);
    /* With its name it would have the machine for a parent. */
    stray->name = g_strdup("stray");
    memory_region_add_subregion(a, 0x400, stray);
    memory_region_add_subregion(a, 0x2000, shown);
    expect_owners(false);
    expect_owners(true);
    memory_region_del_subregion(a, b);
    memory_region_del_subregion(a, &first->registers);
    memory_region_del_subregion(a, &second->registers);
    memory_region_del_subregion(a, nobodys);
    memory_region_del_subregion(a, shown);
    memory_region_del_subregion(a, stray);
    drain();
    region_free(stray);
    object_unparent(OBJECT(nobodys));
    drain();
    g_free(nobodys);
    g_free(first->parent_obj.id);
    object_unref(OBJECT(first));
    object_unparent(OBJECT(second));
    object_unref(OBJECT(second));
    space_destroy(as);
    owner_unref(d1);
}
