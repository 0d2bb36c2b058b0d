/*
 * The machine that regions without an owner belong to, and what it sees of memory: as much of hw/core/machine.c
 * and physmem.c as a program asks for. Nothing is made before it is asked for.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#if __has_include("exec/memory.h")
#include "exec/memory.h"
#else
#include "system/memory.h"
#endif
#if __has_include("exec/address-spaces.h")
#include "exec/address-spaces.h"
#else
#include "system/address-spaces.h"
#endif
#include "hw/qdev-core.h"
#include "qom/object.h"

AddressSpace address_space_memory;
AddressSpace address_space_io;

static Object *machine;
static MemoryRegion *system_memory;
static MemoryRegion *system_io;

Object *qdev_get_machine(void)
{
    if (!machine) {
        machine = object_new("container");
        object_property_add_child(object_get_root(), "machine", machine);
        object_unref(machine);
    }
    return machine;
}

/* Asked for by name since 10.0; before, by path through container_get(). */
Object *machine_get_container(const char *name)
{
    Object *parent = qdev_get_machine();
    Object *found = object_resolve_path_component(parent, name);

    if (!found) {
        found = object_new("container");
        object_property_add_child(parent, name, found);
        object_unref(found);
    }
    return found;
}

static MemoryRegion *map_init(AddressSpace *as, const char *region, const char *space, uint64_t size)
{
    MemoryRegion *mr = g_new0(MemoryRegion, 1);

    memory_region_init(mr, NULL, region, size);
    address_space_init(as, mr, space);
    return mr;
}

MemoryRegion *get_system_memory(void)
{
    if (!system_memory) {
        system_memory = map_init(&address_space_memory, "system", "memory", UINT64_MAX);
    }
    return system_memory;
}

MemoryRegion *get_system_io(void)
{
    if (!system_io) {
        system_io = map_init(&address_space_io, "io", "I/O", 65536);
    }
    return system_io;
}
