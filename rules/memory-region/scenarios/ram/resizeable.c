/*
 * RAM that may grow has room for its largest size; more than any host has leaves nothing behind.
 *
 * contract: required
 * because: A region whose initialization fails is unparented, and the caller gets the error; else it is RAM until it
 * goes with its owner, and its block with it (memory_region_init_resizeable_ram).
 * needs: memory_region_init_resizeable_ram
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"
#include "tree/migration.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_storage(d1);
    Error *err = NULL;

    memory_region_init_resizeable_ram(a, OBJECT(d1), "A", 0x100, 0x1000, NULL, &err);
    region_track(a, d1, "A");
    lifecycle_expect(err == NULL && memory_region_is_ram(a) && a->terminates && memory_region_size(a) == 0x100);
    lifecycle_expect(memory_region_get_ram_ptr(a) != NULL && ram_is(a, 0x100, 0x1000, RAM_RESIZEABLE));
    memory_region_init_resizeable_ram(region_storage(d1), OBJECT(d1), "B", 0x100, 1ULL << 63, NULL, &err);
    lifecycle_expect(err != NULL);
    lifecycle_expect(object_resolve_path_component(OBJECT(d1), "B[0]") == NULL);
    error_free(err);
    owner_unref(d1);
}
