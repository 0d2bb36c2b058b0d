/*
 * A property that is set to true or false, in place of qobject/ and qapi/: how a device is realized.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qom/object.h"
#include "qom/qom-qobject.h"
#if __has_include("qobject/qbool.h")
#include "qobject/qbool.h"
#else
#include "qapi/qmp/qbool.h"
#endif

QBool *qbool_from_bool(bool value)
{
    QBool *truth = g_new0(QBool, 1);

    truth->base.type = QTYPE_QBOOL;
    truth->base.refcnt = 1;
    truth->value = value;
    return truth;
}

void qobject_destroy(QObject *obj)
{
    g_free(obj);
}

/* The visitor is the value. */
bool object_property_set_qobject(Object *obj, const char *name, QObject *value, Error **errp)
{
    return object_property_set(obj, name, (Visitor *)value, errp);
}

bool visit_type_bool(Visitor *v, const char *name, bool *value, Error **errp)
{
    *value = ((QBool *)v)->value;
    return true;
}
