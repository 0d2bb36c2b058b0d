/*
 * Objects that a user may create: they are told when all their properties are set.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef OBJECT_INTERFACES_H
#define OBJECT_INTERFACES_H

#include "qom/object.h"

#define TYPE_USER_CREATABLE "user-creatable"

typedef struct UserCreatable UserCreatable;
typedef struct UserCreatableClass {
    InterfaceClass parent_class;
    void (*complete)(UserCreatable *uc, Error **errp);
    bool (*can_be_deleted)(UserCreatable *uc);
} UserCreatableClass;

DECLARE_CLASS_CHECKERS(UserCreatableClass, USER_CREATABLE, TYPE_USER_CREATABLE)
#define USER_CREATABLE(obj) INTERFACE_CHECK(UserCreatable, (obj), TYPE_USER_CREATABLE)

/* Calls complete(), if the class has one; false means that errp was set. */
bool user_creatable_complete(UserCreatable *uc, Error **errp);
bool user_creatable_can_be_deleted(UserCreatable *uc);

#endif
