/*
 * There is not enough memory for what would be migrated: nothing is registered, and nothing is left behind.
 *
 * contract: required
 * because: A region whose initialization fails is unparented, and the caller gets the error
 * (memory_region_init_ram, memory_region_init_rom, memory_region_init_rom_device).
 * needs: vmstate_register_ram
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../device/unit.h"

#define TOO_LARGE (1ULL << 63)

static MemoryRegion more[3];

static void expect_failed(Object *owner, const char *child, Error **errp)
{
    lifecycle_expect(*errp != NULL);
    lifecycle_expect(object_resolve_path_component(owner, child) == NULL);
    error_free(*errp);
    *errp = NULL;
}

void scenario(void)
{
    Unit *unit = unit_new(&region_quiet_ops);
    Object *owner = OBJECT(unit);
    Error *err = NULL;

    memory_region_init_ram(&more[0], owner, "R", TOO_LARGE, &err);
    expect_failed(owner, "R[0]", &err);
    memory_region_init_rom(&more[1], owner, "S", TOO_LARGE, &err);
    expect_failed(owner, "S[0]", &err);
    memory_region_init_rom_device(&more[2], owner, &region_quiet_ops, unit, "T", TOO_LARGE, &err);
    expect_failed(owner, "T[0]", &err);
    object_unref(owner);
    lifecycle_expect(unit_gone);
}
