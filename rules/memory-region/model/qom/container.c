/*
 * Objects that only hold children.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qom/object.h"

Object *object_property_add_new_container(Object *obj, const char *name)
{
    Object *added = object_new(TYPE_CONTAINER);

    object_property_add_child(obj, name, added);
    object_unref(added);
    return added;
}

static void container_register_types(void)
{
    static const TypeInfo container_info = {
        .name = TYPE_CONTAINER,
        .parent = TYPE_OBJECT,
    };

    type_register_static(&container_info);
}

type_init(container_register_types)
