/*
 * A second manager is set for a RAM region.
 *
 * contract: tolerated
 * because: It must not be called where a manager is assigned, but since 10.1 the answer is an error,
 * and no assertion fails.
 * needs: RamDiscardManager
 * expect: assertion memory_region_set_ram_discard_manager
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
    memory_region_set_ram_discard_manager(a, RAM_DISCARD_MANAGER(manager));
    memory_region_set_ram_discard_manager(a, NULL);
    object_unref(manager);
    owner_unref(d1);
}
