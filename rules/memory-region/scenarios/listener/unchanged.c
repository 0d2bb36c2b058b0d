/*
 * A listener hears of regions that stay as they are, within begin and commit of each change.
 *
 * contract: required
 * because: region_nop is called for a section that an update did not change, once, and only when sections are
 * added (MemoryListener.region_nop); one listener that has no use for sections hears of begin and commit alone.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static int inside;
static int added;
static int gone;
static int same;

static void on_begin(MemoryListener *listener)
{
    inside++;
}

static void on_commit(MemoryListener *listener)
{
    inside--;
}

static void on_add(MemoryListener *listener, MemoryRegionSection *section)
{
    lifecycle_expect(inside == 1);
    added++;
}

static void on_del(MemoryListener *listener, MemoryRegionSection *section)
{
    lifecycle_expect(inside == 1);
    gone++;
}

static void on_nop(MemoryListener *listener, MemoryRegionSection *section)
{
    lifecycle_expect(inside == 1);
    same++;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_io(d1, "B", 0x100);
    MemoryRegion *c = region_init_io(d1, "C", 0x100);
    MemoryRegion *d = region_init_io(d1, "D", 0x100);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = {
        .begin = on_begin, .commit = on_commit, .region_add = on_add, .region_del = on_del, .region_nop = on_nop
    };

    memory_region_add_subregion(root, 0x200, b);
    memory_listener_register(&listener, as);
    lifecycle_expect(inside == 0 && added == 1 && gone == 0 && same == 0);
    memory_region_add_subregion(root, 0x400, c);
    lifecycle_expect(inside == 0 && added == 2 && gone == 0 && same == 1);
    /* In front of both, in the place of one, behind both. */
    memory_region_add_subregion(root, 0, d);
    lifecycle_expect(inside == 0 && added == 3 && gone == 0 && same == 3);
    memory_region_set_address(d, 0x600);
    lifecycle_expect(inside == 0 && added == 4 && gone == 1 && same == 5);
    memory_region_del_subregion(root, b);
    lifecycle_expect(inside == 0 && added == 4 && gone == 2 && same == 7);
    memory_region_set_size(c, 0x80);
    lifecycle_expect(inside == 0 && added == 5 && gone == 3 && same == 8);
    memory_listener_unregister(&listener);
    lifecycle_expect(gone == 5);
    memory_region_del_subregion(root, c);
    memory_region_del_subregion(root, d);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
