/*
 * Properties read and written as values (util/visitor.c).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_QOM_QOBJECT_H
#define QEMU_QOM_QOBJECT_H

#include "qom/object.h"

QObject *object_property_get_qobject(Object *obj, const char *name, Error **errp);
bool object_property_set_qobject(Object *obj, const char *name, QObject *value, Error **errp);

#endif
