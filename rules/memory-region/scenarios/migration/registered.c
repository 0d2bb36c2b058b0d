/*
 * RAM, a ROM and a ROM device of a device are migrated, under the device's name; what belongs to nobody under its own.
 *
 * contract: required
 * because: These arrange for the memory to be migrated (memory_region_init_ram, memory_region_init_rom,
 * memory_region_init_rom_device), for as long as the region lives.
 * needs: vmstate_register_ram
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../device/unit.h"
#include "tree/migration.h"

static MemoryRegion more[4];

static void expect_migrated(MemoryRegion *mr, const char *name, const char *as)
{
    region_track(mr, NULL, name);
    lifecycle_expect(migrated_as(mr) && strcmp(migrated_as(mr), as) == 0);
    lifecycle_expect(memory_region_get_ram_ptr(mr) != NULL && ram_is(mr, 0x100, 0x100, 0));
}

void scenario(void)
{
    Unit *unit = unit_new(&region_quiet_ops);
    Object *owner = OBJECT(unit);
    Error *err = NULL;

    unit->parent_obj.id = g_strdup("unit");
    memory_region_init_ram(&more[0], owner, "R", 0x100, &err);
    expect_migrated(&more[0], "R", "unit/R");
    lifecycle_expect(!more[0].readonly);
    memory_region_init_rom(&more[1], owner, "S", 0x100, &err);
    expect_migrated(&more[1], "S", "unit/S");
    lifecycle_expect(more[1].readonly);
    memory_region_init_rom_device(&more[2], owner, &region_quiet_ops, unit, "T", 0x100, &err);
    expect_migrated(&more[2], "T", "unit/T");
    lifecycle_expect(more[2].rom_device);
    memory_region_init_ram(&more[3], NULL, "N", 0x100, &err);
    expect_migrated(&more[3], "N", "N");
    lifecycle_expect(err == NULL);
    object_unparent(OBJECT(&more[3]));
    g_free(unit->parent_obj.id);
    object_unref(owner);
    lifecycle_expect(unit_gone);
}
