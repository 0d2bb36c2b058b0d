/*
 * A visitor that writes one value as text, in place of qapi/: what reading a property by hand comes to.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qapi/string-output-visitor.h"
#include "qapi/visitor.h"

struct Visitor {
    char **result;
    char *text;
};

Visitor *string_output_visitor_new(bool human, char **result)
{
    Visitor *v = g_new0(Visitor, 1);

    v->result = result;
    *result = NULL;
    return v;
}

static bool write_text(Visitor *v, char *text)
{
    g_free(v->text);
    v->text = text;
    return true;
}

bool visit_type_str(Visitor *v, const char *name, char **obj, Error **errp)
{
    return write_text(v, g_strdup_printf("\"%s\"", *obj ? *obj : ""));
}

bool visit_type_uint64(Visitor *v, const char *name, uint64_t *obj, Error **errp)
{
    return write_text(v, g_strdup_printf("%" PRIu64, *obj));
}

bool visit_type_int32(Visitor *v, const char *name, int32_t *obj, Error **errp)
{
    return write_text(v, g_strdup_printf("%" PRId32, *obj));
}

void visit_complete(Visitor *v, void *opaque)
{
    g_assert(opaque == v->result);
    *v->result = v->text;
    v->text = NULL;
}

void visit_free(Visitor *v)
{
    if (v) {
        g_free(v->text);
        g_free(v);
    }
}
