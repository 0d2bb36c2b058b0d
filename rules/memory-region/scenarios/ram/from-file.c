/*
 * RAM comes from files, one of them read-only; a file that is not there leaves nothing behind.
 *
 * contract: required
 * because: A region whose initialization fails is unparented, and the caller gets the error; else it is RAM until it
 * goes with its owner, and its block with it (memory_region_init_ram_from_file, memory_region_init_ram_from_fd).
 * needs: RAM_READONLY_FD
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"
#include "tree/migration.h"

#define ALIGNMENT 0x10000

static void expect_ram(Owner *owner, MemoryRegion *mr, const char *name, bool is_readonly)
{
    region_track(mr, owner, name);
    lifecycle_expect(memory_region_is_ram(mr) && mr->terminates && mr->readonly == is_readonly);
    lifecycle_expect(memory_region_get_ram_ptr(mr) != NULL && memory_region_size(mr) == 0x100);
    lifecycle_expect(ram_is(mr, 0x100, 0x100, is_readonly ? RAM_READONLY : RAM_SHARED));
}

static void expect_failed(Owner *owner, const char *child, Error **errp)
{
    lifecycle_expect(*errp != NULL);
    lifecycle_expect(object_resolve_path_component(OBJECT(owner), child) == NULL);
    error_free(*errp);
    *errp = NULL;
}

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Object *o1 = OBJECT(d1);
    MemoryRegion *a = region_storage(d1);
    MemoryRegion *b = region_storage(d1);
    MemoryRegion *c = region_storage(d1);
    MemoryRegion *d = region_storage(d1);
    Error *err = NULL;

    lifecycle_expect(memory_region_init_ram_from_file(a, o1, "A", 0x100, ALIGNMENT, RAM_SHARED, "a", 0, &err));
    expect_ram(d1, a, "A", false);
    lifecycle_expect(memory_region_get_alignment(a) == ALIGNMENT);
    lifecycle_expect(memory_region_init_ram_from_file(b, o1, "B", 0x100, 0, RAM_READONLY, "b", 0, &err));
    expect_ram(d1, b, "B", true);
    /* Pages of a file are mapped whole. */
    lifecycle_expect(memory_region_get_alignment(b) == 0x1000);
    lifecycle_expect(memory_region_init_ram_from_fd(c, o1, "C", 0x100, RAM_SHARED, 3, 0, &err));
    expect_ram(d1, c, "C", false);
    lifecycle_expect(memory_region_init_ram_from_fd(d, o1, "D", 0x100, RAM_READONLY, 4, 0, &err));
    expect_ram(d1, d, "D", true);
    lifecycle_expect(err == NULL);
    lifecycle_expect(!memory_region_init_ram_from_file(region_storage(d1), o1, "E", 0x100, 0, 0, "", 0, &err));
    expect_failed(d1, "E[0]", &err);
    lifecycle_expect(!memory_region_init_ram_from_fd(region_storage(d1), o1, "F", 0x100, 0, -1, 0, &err));
    expect_failed(d1, "F[0]", &err);
    owner_unref(d1);
}
