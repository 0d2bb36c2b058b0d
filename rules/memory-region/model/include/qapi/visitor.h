/*
 * Visitors, as far as properties need them: each carries one scalar in or out (util/visitor.c).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QAPI_VISITOR_H
#define QAPI_VISITOR_H

#include "qapi/qapi-builtin-types.h"
#include "qemu/typedefs.h"

Visitor *qobject_input_visitor_new(QObject *obj);
Visitor *qobject_output_visitor_new(QObject **result);
Visitor *string_input_visitor_new(const char *str);
Visitor *string_output_visitor_new(bool human, char **result);
/* Visits the same value under another name. */
Visitor *visitor_forward_field(Visitor *target, const char *from, const char *to);
void visit_complete(Visitor *v, void *opaque);
void visit_free(Visitor *v);

/* An input visitor fills *obj, an output visitor takes it; false means that errp was set. */
bool visit_type_bool(Visitor *v, const char *name, bool *obj, Error **errp);
bool visit_type_str(Visitor *v, const char *name, char **obj, Error **errp);
bool visit_type_enum(Visitor *v, const char *name, int *obj, const QEnumLookup *lookup, Error **errp);
bool visit_type_int(Visitor *v, const char *name, int64_t *obj, Error **errp);
bool visit_type_int32(Visitor *v, const char *name, int32_t *obj, Error **errp);
bool visit_type_int64(Visitor *v, const char *name, int64_t *obj, Error **errp);
bool visit_type_uint8(Visitor *v, const char *name, uint8_t *obj, Error **errp);
bool visit_type_uint16(Visitor *v, const char *name, uint16_t *obj, Error **errp);
bool visit_type_uint32(Visitor *v, const char *name, uint32_t *obj, Error **errp);
bool visit_type_uint64(Visitor *v, const char *name, uint64_t *obj, Error **errp);
bool visit_type_size(Visitor *v, const char *name, uint64_t *obj, Error **errp);

#endif
