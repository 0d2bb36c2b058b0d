/*
 * RAM that only the guest can read is migrated like other RAM; more than any host has leaves nothing behind.
 *
 * contract: required
 * because: A region whose initialization fails is unparented, and the caller gets the error; else its memory is
 * migrated, and goes with it (memory_region_init_ram_guest_memfd).
 * needs: vmstate_register_ram memory_region_init_ram_guest_memfd
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../device/unit.h"
#include "tree/migration.h"

static MemoryRegion private_ram, none;

void scenario(void)
{
    Unit *unit = unit_new(&region_quiet_ops);
    Object *owner = OBJECT(unit);
    Error *err = NULL;

    lifecycle_expect(memory_region_init_ram_guest_memfd(&private_ram, owner, "P", 0x100, &err) && err == NULL);
    region_track(&private_ram, NULL, "P");
    lifecycle_expect(migrated_as(&private_ram) && strcmp(migrated_as(&private_ram), "/P") == 0);
    lifecycle_expect(ram_is(&private_ram, 0x100, 0x100, RAM_GUEST_MEMFD));
    lifecycle_expect(!memory_region_init_ram_guest_memfd(&none, owner, "Q", 1ULL << 63, &err));
    lifecycle_expect(err != NULL && object_resolve_path_component(owner, "Q[0]") == NULL);
    error_free(err);
    object_unref(owner);
    lifecycle_expect(unit_gone);
}
