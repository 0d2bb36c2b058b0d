/*
 * Values and the visitors that carry them, one scalar at a time.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qom/qom-qobject.h"

/* Values */

static void *qobject_new(size_t size, QType type)
{
    QObject *obj = g_malloc0(size);

    obj->refcnt = 1;
    obj->type = type;
    return obj;
}

QObject *qobject_ref_impl(QObject *obj)
{
    if (obj) {
        obj->refcnt++;
    }
    return obj;
}

void qobject_unref_impl(QObject *obj)
{
    assert(!obj || obj->refcnt > 0);
    if (obj && --obj->refcnt == 0) {
        g_free(obj->string);
        g_free(obj);
    }
}

QObject *qobject_check_type(const QObject *obj, QType type)
{
    return obj && obj->type == type ? (QObject *)obj : NULL;
}

QString *qstring_from_str(const char *str)
{
    QString *made = qobject_new(sizeof(*made), QTYPE_QSTRING);

    made->base.string = g_strdup(str);
    return made;
}

const char *qstring_get_str(const QString *value)
{
    return value->base.string;
}

QBool *qbool_from_bool(bool boolean)
{
    QBool *made = qobject_new(sizeof(*made), QTYPE_QBOOL);

    made->base.boolean = boolean;
    return made;
}

bool qbool_get_bool(const QBool *value)
{
    return value->base.boolean;
}

QNum *qnum_from_uint(uint64_t n)
{
    QNum *made = qobject_new(sizeof(*made), QTYPE_QNUM);

    made->base.number = n;
    return made;
}

QNum *qnum_from_int(int64_t n)
{
    QNum *made = qnum_from_uint((uint64_t)n);

    made->base.negative = n < 0;
    return made;
}

bool qnum_get_try_int(const QNum *value, int64_t *n)
{
    if (!value->base.negative && value->base.number > INT64_MAX) {
        return false;
    }
    *n = (int64_t)value->base.number;
    return true;
}

bool qnum_get_try_uint(const QNum *value, uint64_t *n)
{
    if (value->base.negative) {
        return false;
    }
    *n = value->base.number;
    return true;
}

QList *qlist_new(void)
{
    return qobject_new(sizeof(QList), QTYPE_QLIST);
}

const char *qapi_enum_lookup(const QEnumLookup *lookup, int value)
{
    assert(value >= 0 && value < lookup->size);
    return lookup->array[value];
}

int qapi_enum_parse(const QEnumLookup *lookup, const char *name, int otherwise, Error **errp)
{
    for (int n = 0; name && n < lookup->size; n++) {
        if (strcmp(name, lookup->array[n]) == 0) {
            return n;
        }
    }
    if (name) {
        error_setg(errp, "'%s' is not one of the values", name);
    }
    return otherwise;
}

/* Visitors */

struct Visitor {
    bool input;
    bool as_text;       /* in and out as the text of the value */
    QObject *value;     /* what is read, or what was written last */
    QObject **result;   /* where visit_complete() puts a value */
    char **text_result; /* or a text */
    Visitor *target;    /* another visitor that does the work */
};

Visitor *qobject_input_visitor_new(QObject *obj)
{
    Visitor *v = g_new0(Visitor, 1);

    v->input = true;
    v->value = qobject_ref(obj);
    return v;
}

Visitor *qobject_output_visitor_new(QObject **result)
{
    Visitor *v = g_new0(Visitor, 1);

    v->result = result;
    *result = NULL;
    return v;
}

Visitor *string_input_visitor_new(const char *str)
{
    Visitor *v = g_new0(Visitor, 1);

    v->input = true;
    v->as_text = true;
    v->value = QOBJECT(qstring_from_str(str));
    return v;
}

Visitor *string_output_visitor_new(bool human, char **result)
{
    Visitor *v = g_new0(Visitor, 1);

    (void)human;
    v->as_text = true;
    v->text_result = result;
    *result = NULL;
    return v;
}

Visitor *visitor_forward_field(Visitor *target, const char *from, const char *to)
{
    Visitor *v = g_new0(Visitor, 1);

    (void)from;
    (void)to;
    v->target = target;
    return v;
}

void visit_free(Visitor *v)
{
    if (v) {
        qobject_unref(v->value);
        g_free(v);
    }
}

static char *value_as_text(const QObject *value)
{
    switch (value->type) {
    case QTYPE_QSTRING:
        return g_strdup_printf("\"%s\"", value->string);
    case QTYPE_QBOOL:
        return g_strdup(value->boolean ? "true" : "false");
    default:
        return value->negative ? g_strdup_printf("%" PRId64, (int64_t)value->number)
                               : g_strdup_printf("%" PRIu64, value->number);
    }
}

void visit_complete(Visitor *v, void *opaque)
{
    (void)opaque;
    assert(!v->input && v->value);
    if (v->as_text) {
        *v->text_result = value_as_text(v->value);
    } else {
        *v->result = v->value;
        v->value = NULL;
    }
}

static Visitor *visitor_at_work(Visitor *v)
{
    while (v->target) {
        v = v->target;
    }
    return v;
}

static bool visit_out(Visitor *v, QObject *value)
{
    qobject_unref(v->value);
    v->value = value;
    return true;
}

static bool wrong_type(const char *name, const char *wanted, Error **errp)
{
    error_setg(errp, "'%s' wants a value of type %s", name, wanted);
    return false;
}

bool visit_type_bool(Visitor *v, const char *name, bool *obj, Error **errp)
{
    v = visitor_at_work(v);
    if (!v->input) {
        return visit_out(v, QOBJECT(qbool_from_bool(*obj)));
    }
    if (v->as_text) {
        const char *text = v->value->string;

        *obj = !strcmp(text, "on") || !strcmp(text, "yes") || !strcmp(text, "true");
        return *obj || !strcmp(text, "off") || !strcmp(text, "no") || !strcmp(text, "false") ||
               wrong_type(name, "boolean", errp);
    }
    if (v->value->type != QTYPE_QBOOL) {
        return wrong_type(name, "boolean", errp);
    }
    *obj = v->value->boolean;
    return true;
}

bool visit_type_str(Visitor *v, const char *name, char **obj, Error **errp)
{
    v = visitor_at_work(v);
    if (!v->input) {
        return visit_out(v, QOBJECT(qstring_from_str(*obj ? *obj : "")));
    }
    if (v->value->type != QTYPE_QSTRING) {
        *obj = NULL;
        return wrong_type(name, "string", errp);
    }
    *obj = g_strdup(v->value->string);
    return true;
}

bool visit_type_enum(Visitor *v, const char *name, int *obj, const QEnumLookup *lookup, Error **errp)
{
    char *text;

    v = visitor_at_work(v);
    if (!v->input) {
        return visit_out(v, QOBJECT(qstring_from_str(qapi_enum_lookup(lookup, *obj))));
    }
    if (!visit_type_str(v, name, &text, errp)) {
        return false;
    }
    *obj = qapi_enum_parse(lookup, text, -1, errp);
    g_free(text);
    return *obj >= 0;
}

/* A number: its bits, and whether it is negative. */
static bool visit_number_in(Visitor *v, const char *name, uint64_t *bits, bool *negative, Error **errp)
{
    if (v->as_text) {
        char *end;
        const char *text = v->value->string;

        *negative = text[0] == '-';
        *bits = strtoull(text, &end, 0);
        return (*text && !*end) || wrong_type(name, "integer", errp);
    }
    if (v->value->type != QTYPE_QNUM) {
        return wrong_type(name, "integer", errp);
    }
    *negative = v->value->negative;
    *bits = v->value->number;
    return true;
}

static bool visit_unsigned(Visitor *v, const char *name, uint64_t *obj, uint64_t most, Error **errp)
{
    uint64_t bits;
    bool negative;

    v = visitor_at_work(v);
    if (!v->input) {
        return visit_out(v, QOBJECT(qnum_from_uint(*obj)));
    }
    if (!visit_number_in(v, name, &bits, &negative, errp)) {
        return false;
    }
    /* QEMU takes the two's complement of a negative number for a full-width one. */
    if (bits > most || (negative && most != UINT64_MAX)) {
        return wrong_type(name, "unsigned integer", errp);
    }
    *obj = bits;
    return true;
}

static bool visit_signed(Visitor *v, const char *name, int64_t *obj, int64_t least, int64_t most, Error **errp)
{
    uint64_t bits;
    bool negative;

    v = visitor_at_work(v);
    if (!v->input) {
        return visit_out(v, QOBJECT(qnum_from_int(*obj)));
    }
    if (!visit_number_in(v, name, &bits, &negative, errp)) {
        return false;
    }
    if ((!negative && bits > (uint64_t)most) || (negative && (int64_t)bits < least)) {
        return wrong_type(name, "integer", errp);
    }
    *obj = (int64_t)bits;
    return true;
}

bool visit_type_uint64(Visitor *v, const char *name, uint64_t *obj, Error **errp)
{
    return visit_unsigned(v, name, obj, UINT64_MAX, errp);
}

bool visit_type_size(Visitor *v, const char *name, uint64_t *obj, Error **errp)
{
    return visit_unsigned(v, name, obj, UINT64_MAX, errp);
}

#define VISIT_SMALLER(type, wide_type, visit_wide, ...)                                   \
    bool visit_type_##type(Visitor *v, const char *name, type##_t *obj, Error **errp)     \
    {                                                                                     \
        wide_type wide = visitor_at_work(v)->input ? 0 : *obj;                            \
                                                                                          \
        if (!visit_wide(v, name, &wide, __VA_ARGS__, errp)) {                             \
            return false;                                                                 \
        }                                                                                 \
        *obj = (type##_t)wide;                                                            \
        return true;                                                                      \
    }
VISIT_SMALLER(uint8, uint64_t, visit_unsigned, UINT8_MAX)
VISIT_SMALLER(uint16, uint64_t, visit_unsigned, UINT16_MAX)
VISIT_SMALLER(uint32, uint64_t, visit_unsigned, UINT32_MAX)
VISIT_SMALLER(int32, int64_t, visit_signed, INT32_MIN, INT32_MAX)
VISIT_SMALLER(int64, int64_t, visit_signed, INT64_MIN, INT64_MAX)

bool visit_type_int(Visitor *v, const char *name, int64_t *obj, Error **errp)
{
    return visit_signed(v, name, obj, INT64_MIN, INT64_MAX, errp);
}

/* Properties as values */

bool object_property_set_qobject(Object *obj, const char *name, QObject *value, Error **errp)
{
    Visitor *v = qobject_input_visitor_new(value);
    bool done = object_property_set(obj, name, v, errp);

    visit_free(v);
    return done;
}

QObject *object_property_get_qobject(Object *obj, const char *name, Error **errp)
{
    QObject *value = NULL;
    Visitor *v = qobject_output_visitor_new(&value);

    if (object_property_get(obj, name, v, errp)) {
        visit_complete(v, &value);
    }
    visit_free(v);
    return value;
}
