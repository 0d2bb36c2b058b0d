/*
 * A RAM region has a manager of its parts for a while; neither holds the other.
 *
 * contract: required
 * because: A manager is set for RAM that is not mapped, and taken away again
 * (memory_region_set_ram_discard_manager).
 * needs: RamDiscardManager
 * expect: clean
 *
 * Up to 7.2 a region that is not mapped does not tell its manager, so it is not asked for it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

#define TYPE_MANAGER "lifecycle-manager"

static const TypeInfo manager_info = {
    .name = TYPE_MANAGER,
    .parent = TYPE_OBJECT,
    .instance_size = sizeof(Object),
    .interfaces = (InterfaceInfo[]) { { TYPE_RAM_DISCARD_MANAGER }, { NULL } },
};

/* A manager with one reference, the caller's. */
static Object *manager_new(void)
{
    type_register_static(&manager_info);
    return object_new(TYPE_MANAGER);
}

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init_ram(d1, "A", 0x1000);
    Object *manager = manager_new();

    memory_region_set_ram_discard_manager(a, RAM_DISCARD_MANAGER(manager));
    memory_region_set_ram_discard_manager(a, NULL);
    lifecycle_expect(!memory_region_has_ram_discard_manager(a));
    lifecycle_expect(manager->ref == 1);
    object_unref(manager);
    owner_unref(d1);
}
