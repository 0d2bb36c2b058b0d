/*
 * A machine without devices, made once before any scenario: what main() of a tree does before it looks at its
 * arguments.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "exec/cpu-common.h"
#if __has_include("exec/address-spaces.h")
#include "exec/address-spaces.h"
#else
#include "system/address-spaces.h"
#endif
#include "hw/boards.h"
#include "qemu/module.h"
#include "qom/object.h"

#define TYPE_BARE_MACHINE "lifecycle-machine"

static const TypeInfo machine_info = {
    .name = TYPE_BARE_MACHINE,
    .parent = TYPE_OBJECT,
    .instance_size = sizeof(MachineState),
};

/* Takes the caller's reference away: the parent has one. */
static void add_child(Object *parent, const char *name, Object *child)
{
    object_property_add_child(parent, name, child);
    object_unref(child);
}

/* Regions need their types: this comes after all of them. */
static void __attribute__((constructor)) start_machine(void)
{
    static const char *const containers[] = { "unattached", "peripheral", "peripheral-anon" };
    Object *machine;
    unsigned i;

    type_register_static(&machine_info);
    machine = object_new(TYPE_BARE_MACHINE);
    current_machine = (MachineState *)machine;
    add_child(object_get_root(), "machine", machine);
    for (i = 0; i < ARRAY_SIZE(containers); i++) {
        add_child(machine, containers[i], object_new("container"));
    }
    cpu_exec_init_all();
    /* Nobody has a port, and every change of topology would make their view anew. */
    memory_region_set_enabled(get_system_io(), false);
}
