/*
 * Objects that a user may create.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qom/object_interfaces.h"

bool user_creatable_complete(UserCreatable *uc, Error **errp)
{
    UserCreatableClass *klass = USER_CREATABLE_GET_CLASS(uc);
    Error *problem = NULL;

    if (klass->complete) {
        klass->complete(uc, &problem);
        error_propagate(errp, problem);
    }
    return !problem;
}

bool user_creatable_can_be_deleted(UserCreatable *uc)
{
    UserCreatableClass *klass = USER_CREATABLE_GET_CLASS(uc);

    return !klass->can_be_deleted || klass->can_be_deleted(uc);
}

static void user_creatable_register_types(void)
{
    static const TypeInfo user_creatable_info = {
        .name = TYPE_USER_CREATABLE,
        .parent = TYPE_INTERFACE,
        .class_size = sizeof(UserCreatableClass),
    };

    type_register_static(&user_creatable_info);
}

type_init(user_creatable_register_types)
