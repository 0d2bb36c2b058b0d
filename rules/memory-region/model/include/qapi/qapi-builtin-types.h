/*
 * Values without a type of their own: counted, and one of string, boolean, number and list.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QAPI_BUILTIN_TYPES_H
#define QAPI_BUILTIN_TYPES_H

#include "qemu/typedefs.h"

typedef enum QType { QTYPE_NONE, QTYPE_QNULL, QTYPE_QNUM, QTYPE_QSTRING, QTYPE_QDICT, QTYPE_QLIST, QTYPE_QBOOL } QType;

struct QObject {
    size_t refcnt;
    QType type;
    bool boolean;
    bool negative; /* of a number: whether it is below zero */
    uint64_t number;
    char *string;
};
struct QString {
    QObject base;
};
struct QBool {
    QObject base;
};
struct QNum {
    QObject base;
};
struct QList {
    QObject base;
};

struct QEnumLookup {
    const char *const *array;
    const unsigned char *special_features;
    int size;
};

#define QOBJECT(value)                    \
    ({                                    \
        __typeof__(value) value_ = (value); \
        value_ ? &value_->base : NULL;    \
    })
QString *qstring_from_str(const char *str);
const char *qstring_get_str(const QString *value);
QBool *qbool_from_bool(bool boolean);
bool qbool_get_bool(const QBool *value);
QNum *qnum_from_int(int64_t n);
QNum *qnum_from_uint(uint64_t n);
bool qnum_get_try_int(const QNum *value, int64_t *n);
bool qnum_get_try_uint(const QNum *value, uint64_t *n);
QList *qlist_new(void);

QObject *qobject_ref_impl(QObject *obj);
void qobject_unref_impl(QObject *obj);
QObject *qobject_check_type(const QObject *obj, QType type);
#define qobject_ref(value) ((__typeof__(value))(void *)qobject_ref_impl((QObject *)(void *)(value)))
#define qobject_unref(value) qobject_unref_impl((QObject *)(void *)(value))
#define QTYPE_CAST_TO_QString QTYPE_QSTRING
#define QTYPE_CAST_TO_QBool QTYPE_QBOOL
#define QTYPE_CAST_TO_QNum QTYPE_QNUM
#define QTYPE_CAST_TO_QList QTYPE_QLIST
#define qobject_to(type, obj) ((type *)(void *)qobject_check_type((obj), QTYPE_CAST_TO_##type))

int qapi_enum_parse(const QEnumLookup *lookup, const char *name, int otherwise, Error **errp);
const char *qapi_enum_lookup(const QEnumLookup *lookup, int value);

#endif
