/*
 * QEMU's object model: types, properties, children, references, finalization.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Functions, their parameters and the order of what they do are those of QEMU 10.0, so that a patch to
 * its object.c finds its statements here.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qemu/atomic.h"
#include "qemu/cutils.h"
#include "qemu/error-report.h"
#include "qom/object.h"
#include "qom/object_interfaces.h"
#include "qom/qom-qobject.h"

#define MAX_INTERFACES 32

typedef struct InterfaceImpl InterfaceImpl;
typedef struct TypeImpl TypeImpl;

struct InterfaceImpl {
    const char *typename;
};

struct TypeImpl {
    const char *name, *parent;
    TypeImpl *parent_type;
    /* NULL until the first object of the type is made. */
    ObjectClass *class;
    bool abstract;
    size_t instance_size, instance_align, class_size;
    void (*instance_init)(Object *obj);
    void (*instance_post_init)(Object *obj);
    void (*instance_finalize)(Object *obj);
    void (*class_base_init)(ObjectClass *klass, void *data);
    void (*class_init)(ObjectClass *klass, void *data);
    void *class_data;
    InterfaceImpl interfaces[MAX_INTERFACES];
    int num_interfaces;
};

static Type type_interface;

/* Types */

static GHashTable *type_table_get(void)
{
    static GHashTable *types;

    if (types == NULL) {
        types = g_hash_table_new(g_str_hash, g_str_equal);
    }
    return types;
}

static bool enumerating_types;

static void type_table_add(TypeImpl *type)
{
    assert(!enumerating_types);
    g_hash_table_insert(type_table_get(), (void *)type->name, type);
}

static TypeImpl *type_table_lookup(const char *name)
{
    return g_hash_table_lookup(type_table_get(), name);
}

static TypeImpl *type_new(const TypeInfo *info)
{
    TypeImpl *type = g_malloc0(sizeof(*type));
    int n;

    g_assert(info->name != NULL);
    if (type_table_lookup(info->name) != NULL) {
        fprintf(stderr, "type '%s' is registered twice\n", info->name);
        abort();
    }
    type->name = g_strdup(info->name);
    type->parent = g_strdup(info->parent);
    type->class_size = info->class_size;
    type->instance_size = info->instance_size;
    type->instance_align = info->instance_align;
    type->class_init = info->class_init;
    type->class_base_init = info->class_base_init;
    type->class_data = info->class_data;
    type->instance_init = info->instance_init;
    type->instance_post_init = info->instance_post_init;
    type->instance_finalize = info->instance_finalize;
    type->abstract = info->abstract;
    for (n = 0; info->interfaces && info->interfaces[n].type; n++) {
        type->interfaces[n].typename = g_strdup(info->interfaces[n].type);
    }
    type->num_interfaces = n;
    return type;
}

static TypeImpl *type_register_internal(const TypeInfo *info)
{
    TypeImpl *type;

    type = type_new(info);
    type_table_add(type);
    return type;
}

TypeImpl *type_register_static(const TypeInfo *info)
{
    assert(info->parent != NULL);
    return type_register_internal(info);
}

void type_register_static_array(const TypeInfo *infos, int nr_infos)
{
    for (int n = 0; n < nr_infos; n++) {
        type_register_static(&infos[n]);
    }
}

static TypeImpl *type_get_by_name_noload(const char *name)
{
    return name ? type_table_lookup(name) : NULL;
}

/* Nothing is loaded here: a type is known or it is not. */
static TypeImpl *type_get_or_load_by_name(const char *name, Error **errp)
{
    TypeImpl *known = type_get_by_name_noload(name);

    if (!known) {
        error_setg(errp, "no type is called '%s'", name);
    }
    return known;
}

static TypeImpl *type_get_parent(TypeImpl *type)
{
    if (type->parent == NULL || type->parent_type != NULL) {
        return type->parent_type;
    }
    type->parent_type = type_get_by_name_noload(type->parent);
    if (type->parent_type == NULL) {
        fprintf(stderr, "type '%s' derives from '%s', which does not exist\n", type->name, type->parent);
        abort();
    }
    return type->parent_type;
}

static bool type_has_parent(TypeImpl *type)
{
    return type->parent != NULL;
}

static size_t type_class_get_size(TypeImpl *type)
{
    if (type->class_size) {
        return type->class_size;
    }
    if (type_has_parent(type)) {
        return type_class_get_size(type_get_parent(type));
    }
    return sizeof(ObjectClass);
}

static size_t type_object_get_size(TypeImpl *type)
{
    if (type->instance_size) {
        return type->instance_size;
    }
    if (type_has_parent(type)) {
        return type_object_get_size(type_get_parent(type));
    }
    return 0;
}

static size_t type_object_get_align(TypeImpl *type)
{
    if (type->instance_align) {
        return type->instance_align;
    }
    if (type_has_parent(type)) {
        return type_object_get_align(type_get_parent(type));
    }
    return 0;
}

static bool type_is_ancestor(TypeImpl *type, TypeImpl *target_type)
{
    TypeImpl *each;

    assert(target_type != NULL);
    for (each = type; each && each != target_type; each = type_get_parent(each)) {
    }
    return each != NULL;
}

static void type_initialize(TypeImpl *type);

/* The class that a type has as an interface: an abstract type of its own, "type::interface". */
static void type_initialize_interface(TypeImpl *type, TypeImpl *interface_type, TypeImpl *parent_type)
{
    InterfaceClass *made;
    TypeInfo wanted = { 0 };
    TypeImpl *impl;

    wanted.parent = parent_type->name;
    wanted.name = g_strdup_printf("%s::%s", type->name, interface_type->name);
    wanted.abstract = true;
    impl = type_new(&wanted);
    impl->parent_type = parent_type;
    type_initialize(impl);
    g_free((char *)wanted.name);
    made = (InterfaceClass *)impl->class;
    made->interface_type = interface_type;
    type->class->interfaces = g_slist_append(type->class->interfaces, made);
}

static void object_property_free(gpointer data)
{
    ObjectProperty *entry = data;

    if (entry->defval) {
        qobject_unref(entry->defval);
        entry->defval = NULL;
    }
    g_free(entry->name);
    g_free(entry->type);
    g_free(entry->description);
    g_free(entry);
}

/* A class begins as a copy of its parent's, which is made first. */
static void type_initialize(TypeImpl *type)
{
    TypeImpl *parent;

    if (type->class) {
        return;
    }
    type->class_size = type_class_get_size(type);
    type->instance_size = type_object_get_size(type);
    type->instance_align = type_object_get_align(type);
    if (type->instance_size == 0) {
        type->abstract = true;
    }
    if (type_is_ancestor(type, type_interface)) {
        assert(type->instance_size == 0);
        assert(type->abstract);
        assert(!type->instance_init);
        assert(!type->instance_post_init);
        assert(!type->instance_finalize);
        assert(!type->num_interfaces);
    }
    type->class = g_malloc0(type->class_size);
    parent = type_get_parent(type);
    if (parent) {
        GSList *link;

        type_initialize(parent);
        g_assert(parent->class_size <= type->class_size);
        g_assert(parent->instance_size <= type->instance_size);
        memcpy(type->class, parent->class, parent->class_size);
        type->class->interfaces = NULL;
        for (link = parent->class->interfaces; link; link = link->next) {
            InterfaceClass *inherited = link->data;
            ObjectClass *as_class = OBJECT_CLASS(inherited);

            type_initialize_interface(type, inherited->interface_type, as_class->type);
        }
        for (int n = 0; n < type->num_interfaces; n++) {
            TypeImpl *named = type_get_by_name_noload(type->interfaces[n].typename);
            if (!named) {
                error_report("'%s' has no interface '%s'", parent->name, type->interfaces[n].typename);
                abort();
            }
            for (link = type->class->interfaces; link; link = link->next) {
                TypeImpl *present = OBJECT_CLASS(link->data)->type;

                if (type_is_ancestor(present, named)) {
                    break;
                }
            }
            if (link) {
                continue;
            }
            type_initialize_interface(type, named, named);
        }
    }
    type->class->properties = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, object_property_free);
    type->class->type = type;
    while (parent) {
        if (parent->class_base_init) {
            parent->class_base_init(type->class, type->class_data);
        }
        parent = type_get_parent(parent);
    }
    if (type->class_init) {
        type->class_init(type->class, type->class_data);
    }
}

/* Making objects */

/* Base first. */
static void object_init_with_type(Object *obj, TypeImpl *type)
{
    if (type_has_parent(type)) {
        object_init_with_type(obj, type_get_parent(type));
    }
    if (type->instance_init) {
        type->instance_init(obj);
    }
}

/* Derived first. */
static void object_post_init_with_type(Object *obj, TypeImpl *type)
{
    if (type->instance_post_init) {
        type->instance_post_init(obj);
    }
    if (type_has_parent(type)) {
        object_post_init_with_type(obj, type_get_parent(type));
    }
}

static void object_class_property_init_all(Object *obj)
{
    ObjectPropertyIterator walk;
    ObjectProperty *entry;

    object_class_property_iter_init(&walk, object_get_class(obj));
    while ((entry = object_property_iter_next(&walk))) {
        if (entry->init) {
            entry->init(obj, entry);
        }
    }
}

static void object_initialize_with_type(Object *obj, size_t size, TypeImpl *type)
{
    type_initialize(type);
    g_assert(type->instance_size >= sizeof(Object));
    g_assert(type->abstract == false);
    g_assert(size >= type->instance_size);
    memset(obj, 0, type->instance_size);
    obj->class = type->class;
    object_ref(obj);
    object_class_property_init_all(obj);
    obj->properties = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, object_property_free);
    object_init_with_type(obj, type);
    object_post_init_with_type(obj, type);
}

void object_initialize(void *data, size_t size, const char *typename)
{
    object_initialize_with_type(data, size, type_get_or_load_by_name(typename, &error_fatal));
}

bool object_initialize_child_with_props(Object *parentobj, const char *propname, void *childobj, size_t size,
                                        const char *type, Error **errp, ...)
{
    va_list pairs;
    bool done;

    va_start(pairs, errp);
    done = object_initialize_child_with_propsv(parentobj, propname, childobj, size, type, errp, pairs);
    va_end(pairs);
    return done;
}

/* On success the parent's property holds the only reference, on failure nobody but the caller's memory. */
bool object_initialize_child_with_propsv(Object *parentobj, const char *propname, void *childobj, size_t size,
                                         const char *type, Error **errp, va_list vargs)
{
    bool done = false;
    Object *child;
    UserCreatable *creatable;

    object_initialize(childobj, size, type);
    child = OBJECT(childobj);
    if (!object_set_propv(child, errp, vargs)) {
        goto out;
    }
    object_property_add_child(parentobj, propname, child);
    creatable = (UserCreatable *)object_dynamic_cast(child, TYPE_USER_CREATABLE);
    if (creatable) {
        if (!user_creatable_complete(creatable, errp)) {
            object_unparent(child);
            goto out;
        }
    }
    done = true;
out:
    object_unref(child);
    return done;
}

void object_initialize_child_internal(Object *parent, const char *propname, void *child, size_t size,
                                      const char *type)
{
    object_initialize_child_with_props(parent, propname, child, size, type, &error_abort, NULL);
}

static inline bool object_property_is_child(ObjectProperty *prop)
{
    return strstart(prop->type, "child<", NULL);
}

/* Ending objects */

/*
 * A release hook may add or remove properties, and then no walk over the table is valid any more: after
 * each hook the walk starts over, past the properties it has been to.
 */
static void object_property_del_all(Object *obj)
{
    g_autoptr(GHashTable) visited = g_hash_table_new(NULL, NULL);
    ObjectPropertyIterator walk;
    ObjectProperty *entry;
    bool again;

    do {
        object_property_iter_init(&walk, obj);
        again = false;
        while (!again && (entry = object_property_iter_next(&walk)) != NULL) {
            if (g_hash_table_add(visited, entry) && entry->release) {
                entry->release(obj, entry->name, entry->opaque);
                again = true;
            }
        }
    } while (again);
    g_hash_table_unref(obj->properties);
}

/* The hook may change the table, so the property is looked for once more before it is removed. */
static void object_property_del_child(Object *obj, Object *child)
{
    ObjectProperty *entry;
    GHashTableIter walk;
    gpointer name, found;

    g_hash_table_iter_init(&walk, obj->properties);
    while (g_hash_table_iter_next(&walk, &name, &found)) {
        entry = found;
        if (object_property_is_child(entry) && entry->opaque == child) {
            if (entry->release) {
                entry->release(obj, entry->name, entry->opaque);
                entry->release = NULL;
            }
            break;
        }
    }
    g_hash_table_iter_init(&walk, obj->properties);
    while (g_hash_table_iter_next(&walk, &name, &found)) {
        entry = found;
        if (object_property_is_child(entry) && entry->opaque == child) {
            g_hash_table_iter_remove(&walk);
            break;
        }
    }
}

void object_unparent(Object *obj)
{
    if (obj->parent) {
        object_property_del_child(obj->parent, obj);
    }
}

/* Derived first. */
static void object_deinit(Object *obj, TypeImpl *type)
{
    if (type->instance_finalize != NULL) {
        type->instance_finalize(obj);
    }
    if (type_has_parent(type)) {
        object_deinit(obj, type_get_parent(type));
    }
}

static void object_finalize(void *data)
{
    Object *obj = data;
    TypeImpl *last = obj->class->type;

    object_property_del_all(obj);
    object_deinit(obj, last);
    g_assert(obj->ref == 0);
    g_assert(obj->parent == NULL);
    if (obj->free != NULL) {
        obj->free(obj);
    }
}

static Object *object_new_with_type(Type type)
{
    Object *made;
    size_t size, align;
    void (*release)(void *);

    g_assert(type != NULL);
    type_initialize(type);
    size = type->instance_size;
    align = type->instance_align;
    if (likely(align <= __alignof__(max_align_t))) {
        made = g_malloc(size);
        release = g_free;
    } else {
        made = qemu_memalign(align, size);
        release = qemu_vfree;
    }
    object_initialize_with_type(made, size, type);
    made->free = release;
    return made;
}

Object *object_new_with_class(ObjectClass *klass)
{
    return object_new_with_type(klass->type);
}

Object *object_new(const char *typename)
{
    TypeImpl *type = type_get_or_load_by_name(typename, &error_fatal);

    return object_new_with_type(type);
}

Object *object_new_with_props(const char *typename, Object *parent, const char *id, Error **errp, ...)
{
    va_list pairs;
    Object *made;

    va_start(pairs, errp);
    made = object_new_with_propv(typename, parent, id, errp, pairs);
    va_end(pairs);
    return made;
}

/* What is returned is the parent's: the reference from object_new_with_type() has been dropped. */
Object *object_new_with_propv(const char *typename, Object *parent, const char *id, Error **errp, va_list vargs)
{
    Object *made;
    ObjectClass *klass;
    UserCreatable *creatable;

    klass = object_class_by_name(typename);
    if (!klass) {
        error_setg(errp, "no object type is called '%s'", typename);
        return NULL;
    }
    if (object_class_is_abstract(klass)) {
        error_setg(errp, "objects of the abstract type '%s' cannot be made", typename);
        return NULL;
    }
    made = object_new_with_type(klass->type);
    if (!object_set_propv(made, errp, vargs)) {
        goto error;
    }
    if (id != NULL) {
        object_property_add_child(parent, id, made);
    }
    creatable = (UserCreatable *)object_dynamic_cast(made, TYPE_USER_CREATABLE);
    if (creatable) {
        if (!user_creatable_complete(creatable, errp)) {
            if (id != NULL) {
                object_unparent(made);
            }
            goto error;
        }
    }
    object_unref(made);
    return made;
error:
    object_unref(made);
    return NULL;
}

bool object_set_props(Object *obj, Error **errp, ...)
{
    va_list pairs;
    bool done;

    va_start(pairs, errp);
    done = object_set_propv(obj, errp, pairs);
    va_end(pairs);
    return done;
}

bool object_set_propv(Object *obj, Error **errp, va_list vargs)
{
    const char *name;

    name = va_arg(vargs, char *);
    while (name != NULL) {
        const char *text = va_arg(vargs, char *);

        g_assert(text != NULL);
        if (!object_property_parse(obj, name, text, errp)) {
            return false;
        }
        name = va_arg(vargs, char *);
    }
    return true;
}

/* Classes and casts */

Object *object_dynamic_cast(Object *obj, const char *typename)
{
    bool is = obj && object_class_dynamic_cast(object_get_class(obj), typename);

    return is ? obj : NULL;
}

Object *object_dynamic_cast_assert(Object *obj, const char *typename, const char *file, int line,
                                   const char *func)
{
    Object *seen;

    for (int n = 0; obj && n < OBJECT_CLASS_CAST_CACHE; n++) {
        if (qatomic_read(&obj->class->object_cast_cache[n]) == typename) {
            goto out;
        }
    }
    seen = object_dynamic_cast(obj, typename);
    if (!seen && obj) {
        fprintf(stderr, "%s:%d: %s: object %p is no %s\n", file, line, func, (void *)obj, typename);
        abort();
    }
    assert(obj == seen);
    if (obj && obj == seen) {
        int n;

        for (n = 1; n < OBJECT_CLASS_CAST_CACHE; n++) {
            qatomic_set(&obj->class->object_cast_cache[n - 1], qatomic_read(&obj->class->object_cast_cache[n]));
        }
        qatomic_set(&obj->class->object_cast_cache[n - 1], typename);
    }
out:
    return obj;
}

ObjectClass *object_class_dynamic_cast(ObjectClass *class, const char *typename)
{
    TypeImpl *type, *target_type;
    ObjectClass *answer = NULL;

    if (class == NULL || class->type->name == typename) {
        return class;
    }
    type = class->type;
    target_type = type_get_by_name_noload(typename);
    if (target_type == NULL) {
        return NULL;
    }
    if (type->class->interfaces && type_is_ancestor(target_type, type_interface)) {
        int matches = 0;

        for (GSList *link = class->interfaces; link; link = link->next) {
            ObjectClass *candidate = link->data;

            if (type_is_ancestor(candidate->type, target_type)) {
                answer = candidate;
                matches++;
            }
        }
        if (matches > 1) {
            answer = NULL;
        }
    } else if (type_is_ancestor(type, target_type)) {
        answer = class;
    }
    return answer;
}

ObjectClass *object_class_dynamic_cast_assert(ObjectClass *class, const char *typename, const char *file, int line,
                                              const char *func)
{
    ObjectClass *answer;

    for (int n = 0; class && n < OBJECT_CLASS_CAST_CACHE; n++) {
        if (qatomic_read(&class->class_cast_cache[n]) == typename) {
            answer = class;
            goto out;
        }
    }
    answer = object_class_dynamic_cast(class, typename);
    if (!answer && class) {
        fprintf(stderr, "%s:%d: %s: class %p is no %s\n", file, line, func, (void *)class, typename);
        abort();
    }
    if (class && answer == class) {
        int n;

        for (n = 1; n < OBJECT_CLASS_CAST_CACHE; n++) {
            qatomic_set(&class->class_cast_cache[n - 1], qatomic_read(&class->class_cast_cache[n]));
        }
        qatomic_set(&class->class_cast_cache[n - 1], typename);
    }
out:
    return answer;
}

const char *object_get_typename(const Object *obj)
{
    return obj->class->type->name;
}

ObjectClass *object_get_class(Object *obj)
{
    return obj->class;
}

bool object_class_is_abstract(ObjectClass *klass)
{
    return klass->type->abstract;
}

const char *object_class_get_name(ObjectClass *klass)
{
    return klass->type->name;
}

/* The class of a type, made if need be. */
static ObjectClass *type_class_or_null(TypeImpl *type)
{
    if (type != NULL) {
        type_initialize(type);
    }
    return type ? type->class : NULL;
}

ObjectClass *object_class_by_name(const char *typename)
{
    return type_class_or_null(type_get_by_name_noload(typename));
}

ObjectClass *module_object_class_by_name(const char *typename)
{
    return type_class_or_null(type_get_or_load_by_name(typename, NULL));
}

ObjectClass *object_class_get_parent(ObjectClass *class)
{
    return type_class_or_null(type_get_parent(class->type));
}

/* What object_class_foreach was asked for. */
typedef struct OCFData {
    bool include_abstract;
    const char *implements_type;
    void *opaque;
    void (*fn)(ObjectClass *klass, void *opaque);
} OCFData;

static void object_class_foreach_tramp(gpointer key, gpointer value, gpointer opaque)
{
    OCFData *data = opaque;
    TypeImpl *type = value;
    ObjectClass *klass;

    (void)key;
    type_initialize(type);
    klass = type->class;
    if (!data->include_abstract && type->abstract) {
        return;
    }
    if (data->implements_type && !object_class_dynamic_cast(klass, data->implements_type)) {
        return;
    }
    data->fn(klass, data->opaque);
}

void object_class_foreach(void (*fn)(ObjectClass *klass, void *opaque), const char *implements_type,
                          bool include_abstract, void *opaque)
{
    OCFData data = { include_abstract, implements_type, opaque, fn };

    enumerating_types = true;
    g_hash_table_foreach(type_table_get(), object_class_foreach_tramp, &data);
    enumerating_types = false;
}

static void object_class_get_list_tramp(ObjectClass *klass, void *opaque)
{
    GSList **list = opaque;

    *list = g_slist_prepend(*list, klass);
}

GSList *object_class_get_list(const char *implements_type, bool include_abstract)
{
    GSList *list = NULL;

    object_class_foreach(object_class_get_list_tramp, implements_type, include_abstract, &list);
    return list;
}

/* Children */

static int do_object_child_foreach(Object *obj, int (*fn)(Object *child, void *opaque), void *opaque, bool recurse)
{
    GHashTableIter walk;
    gpointer found;
    int answer = 0;

    g_hash_table_iter_init(&walk, obj->properties);
    while (g_hash_table_iter_next(&walk, NULL, &found)) {
        ObjectProperty *entry = found;

        if (object_property_is_child(entry)) {
            Object *child = entry->opaque;

            answer = fn(child, opaque);
            if (answer != 0) {
                break;
            }
            if (recurse) {
                answer = do_object_child_foreach(child, fn, opaque, true);
                if (answer != 0) {
                    break;
                }
            }
        }
    }
    return answer;
}

int object_child_foreach(Object *obj, int (*fn)(Object *child, void *opaque), void *opaque)
{
    return do_object_child_foreach(obj, fn, opaque, false);
}

int object_child_foreach_recursive(Object *obj, int (*fn)(Object *child, void *opaque), void *opaque)
{
    return do_object_child_foreach(obj, fn, opaque, true);
}

/* References */

Object *object_ref(void *objptr)
{
    Object *obj = OBJECT(objptr);
    uint32_t before;

    if (!obj) {
        return NULL;
    }
    before = qatomic_fetch_inc(&obj->ref);
    g_assert(before < INT_MAX);
    return obj;
}

void object_unref(void *objptr)
{
    Object *obj = OBJECT(objptr);

    if (obj == NULL) {
        return;
    }
    g_assert(obj->ref > 0);
    if (qatomic_fetch_dec(&obj->ref) == 1) {
        object_finalize(obj);
    }
}

/* Properties */

/* "name[*]" takes the first number that is free. */
ObjectProperty *object_property_try_add(Object *obj, const char *name, const char *type,
                                        ObjectPropertyAccessor *get, ObjectPropertyAccessor *set,
                                        ObjectPropertyRelease *release, void *opaque, Error **errp)
{
    ObjectProperty *entry;
    size_t length = strlen(name);

    if (length >= 3 && !memcmp(name + length - 3, "[*]", 4)) {
        ObjectProperty *added = NULL;
        char *stem = g_strdup(name);

        stem[length - 3] = '\0';
        for (int n = 0; n < INT16_MAX; ++n) {
            char *numbered = g_strdup_printf("%s[%d]", stem, n);

            added = object_property_try_add(obj, numbered, type, get, set, release, opaque, NULL);
            g_free(numbered);
            if (added) {
                break;
            }
        }
        g_free(stem);
        assert(added);
        return added;
    }
    if (object_property_find(obj, name) != NULL) {
        error_setg(errp, "an object of type '%s' has a property '%s' already", object_get_typename(obj), name);
        return NULL;
    }
    entry = g_malloc0(sizeof(*entry));
    entry->name = g_strdup(name);
    entry->type = g_strdup(type);
    entry->get = get;
    entry->set = set;
    entry->release = release;
    entry->opaque = opaque;
    g_hash_table_insert(obj->properties, entry->name, entry);
    return entry;
}

ObjectProperty *object_property_add(Object *obj, const char *name, const char *type, ObjectPropertyAccessor *get,
                                    ObjectPropertyAccessor *set, ObjectPropertyRelease *release, void *opaque)
{
    return object_property_try_add(obj, name, type, get, set, release, opaque, &error_abort);
}

ObjectProperty *object_class_property_add(ObjectClass *klass, const char *name, const char *type,
                                          ObjectPropertyAccessor *get, ObjectPropertyAccessor *set,
                                          ObjectPropertyRelease *release, void *opaque)
{
    ObjectProperty *entry;

    assert(!object_class_property_find(klass, name));
    entry = g_malloc0(sizeof(*entry));
    entry->name = g_strdup(name);
    entry->type = g_strdup(type);
    entry->get = get;
    entry->set = set;
    entry->release = release;
    entry->opaque = opaque;
    g_hash_table_insert(klass->properties, entry->name, entry);
    return entry;
}

ObjectProperty *object_property_find(Object *obj, const char *name)
{
    ObjectProperty *entry;
    ObjectClass *klass = object_get_class(obj);

    entry = object_class_property_find(klass, name);
    if (entry) {
        return entry;
    }
    return g_hash_table_lookup(obj->properties, name);
}

ObjectProperty *object_property_find_err(Object *obj, const char *name, Error **errp)
{
    ObjectProperty *entry = object_property_find(obj, name);

    if (!entry) {
        error_setg(errp, "'%s' has no property '%s'", object_get_typename(obj), name);
    }
    return entry;
}

void object_property_iter_init(ObjectPropertyIterator *iter, Object *obj)
{
    g_hash_table_iter_init(&iter->iter, obj->properties);
    iter->nextclass = object_get_class(obj);
}

/* The object's own properties, then those of its class, of its parent class, and so on. */
ObjectProperty *object_property_iter_next(ObjectPropertyIterator *iter)
{
    gpointer name, found;

    while (!g_hash_table_iter_next(&iter->iter, &name, &found)) {
        if (!iter->nextclass) {
            return NULL;
        }
        g_hash_table_iter_init(&iter->iter, iter->nextclass->properties);
        iter->nextclass = object_class_get_parent(iter->nextclass);
    }
    return found;
}

void object_class_property_iter_init(ObjectPropertyIterator *iter, ObjectClass *klass)
{
    g_hash_table_iter_init(&iter->iter, klass->properties);
    iter->nextclass = object_class_get_parent(klass);
}

ObjectProperty *object_class_property_find(ObjectClass *klass, const char *name)
{
    ObjectClass *base;

    base = object_class_get_parent(klass);
    if (base) {
        ObjectProperty *entry = object_class_property_find(base, name);
        if (entry) {
            return entry;
        }
    }
    return g_hash_table_lookup(klass->properties, name);
}

ObjectProperty *object_class_property_find_err(ObjectClass *klass, const char *name, Error **errp)
{
    ObjectProperty *entry = object_class_property_find(klass, name);

    if (!entry) {
        error_setg(errp, "the class has no property '%s'", name);
    }
    return entry;
}

void object_property_del(Object *obj, const char *name)
{
    ObjectProperty *entry = g_hash_table_lookup(obj->properties, name);

    if (entry->release) {
        entry->release(obj, name, entry->opaque);
    }
    g_hash_table_remove(obj->properties, name);
}

bool object_property_get(Object *obj, const char *name, Visitor *v, Error **errp)
{
    Error *problem = NULL;
    ObjectProperty *entry = object_property_find_err(obj, name, errp);

    if (entry == NULL) {
        return false;
    }
    if (!entry->get) {
        error_setg(errp, "property '%s' of '%s' cannot be read", name, object_get_typename(obj));
        return false;
    }
    entry->get(obj, v, name, entry->opaque, &problem);
    error_propagate(errp, problem);
    return !problem;
}

bool object_property_set(Object *obj, const char *name, Visitor *v, Error **errp)
{
    ERRP_GUARD();
    ObjectProperty *entry = object_property_find_err(obj, name, errp);

    if (entry == NULL) {
        return false;
    }
    if (!entry->set) {
        error_setg(errp, "property '%s' of '%s' cannot be written", name, object_get_typename(obj));
        return false;
    }
    entry->set(obj, v, name, entry->opaque, errp);
    return !*errp;
}

bool object_property_set_str(Object *obj, const char *name, const char *value, Error **errp)
{
    QString *boxed = qstring_from_str(value);
    bool done = object_property_set_qobject(obj, name, QOBJECT(boxed), errp);

    qobject_unref(boxed);
    return done;
}

char *object_property_get_str(Object *obj, const char *name, Error **errp)
{
    QObject *boxed = object_property_get_qobject(obj, name, errp);
    QString *string;
    char *answer;

    if (!boxed) {
        return NULL;
    }
    string = qobject_to(QString, boxed);
    if (!string) {
        error_setg(errp, "'%s' is not a string", name);
        answer = NULL;
    } else {
        answer = g_strdup(qstring_get_str(string));
    }
    qobject_unref(boxed);
    return answer;
}

bool object_property_set_link(Object *obj, const char *name, Object *value, Error **errp)
{
    g_autofree char *path = NULL;

    if (value) {
        path = object_get_canonical_path(value);
    }
    return object_property_set_str(obj, name, path ? path : "", errp);
}

Object *object_property_get_link(Object *obj, const char *name, Error **errp)
{
    char *path = object_property_get_str(obj, name, errp);
    Object *target = NULL;

    if (path && *path) {
        target = object_resolve_path(path, NULL);
        if (!target) {
            error_set(errp, ERROR_CLASS_DEVICE_NOT_FOUND, "there is no object at '%s'", path);
        }
    }
    g_free(path);
    return target;
}

bool object_property_set_bool(Object *obj, const char *name, bool value, Error **errp)
{
    QBool *boxed = qbool_from_bool(value);
    bool done = object_property_set_qobject(obj, name, QOBJECT(boxed), errp);

    qobject_unref(boxed);
    return done;
}

bool object_property_get_bool(Object *obj, const char *name, Error **errp)
{
    QObject *boxed = object_property_get_qobject(obj, name, errp);
    QBool *boolean;
    bool answer;

    if (!boxed) {
        return false;
    }
    boolean = qobject_to(QBool, boxed);
    if (!boolean) {
        error_setg(errp, "'%s' is not a boolean", name);
        answer = false;
    } else {
        answer = qbool_get_bool(boolean);
    }
    qobject_unref(boxed);
    return answer;
}

bool object_property_set_int(Object *obj, const char *name, int64_t value, Error **errp)
{
    QNum *boxed = qnum_from_int(value);
    bool done = object_property_set_qobject(obj, name, QOBJECT(boxed), errp);

    qobject_unref(boxed);
    return done;
}

int64_t object_property_get_int(Object *obj, const char *name, Error **errp)
{
    QObject *boxed = object_property_get_qobject(obj, name, errp);
    QNum *number;
    int64_t answer;

    if (!boxed) {
        return -1;
    }
    number = qobject_to(QNum, boxed);
    if (!number || !qnum_get_try_int(number, &answer)) {
        error_setg(errp, "'%s' is not an integer", name);
        answer = -1;
    }
    qobject_unref(boxed);
    return answer;
}

static void object_property_init_defval(Object *obj, ObjectProperty *prop)
{
    Visitor *reader;

    assert(prop->set);
    reader = qobject_input_visitor_new(prop->defval);
    prop->set(obj, reader, prop->name, prop->opaque, &error_abort);
    visit_free(reader);
}

static void object_property_set_default(ObjectProperty *prop, QObject *defval)
{
    assert(prop->defval == NULL);
    assert(prop->init == NULL);
    prop->init = object_property_init_defval;
    prop->defval = defval;
}

void object_property_set_default_bool(ObjectProperty *prop, bool value)
{
    object_property_set_default(prop, QOBJECT(qbool_from_bool(value)));
}

void object_property_set_default_str(ObjectProperty *prop, const char *value)
{
    object_property_set_default(prop, QOBJECT(qstring_from_str(value)));
}

void object_property_set_default_list(ObjectProperty *prop)
{
    object_property_set_default(prop, QOBJECT(qlist_new()));
}

void object_property_set_default_int(ObjectProperty *prop, int64_t value)
{
    object_property_set_default(prop, QOBJECT(qnum_from_int(value)));
}

void object_property_set_default_uint(ObjectProperty *prop, uint64_t value)
{
    object_property_set_default(prop, QOBJECT(qnum_from_uint(value)));
}

bool object_property_set_uint(Object *obj, const char *name, uint64_t value, Error **errp)
{
    QNum *boxed = qnum_from_uint(value);
    bool done = object_property_set_qobject(obj, name, QOBJECT(boxed), errp);

    qobject_unref(boxed);
    return done;
}

uint64_t object_property_get_uint(Object *obj, const char *name, Error **errp)
{
    QObject *boxed = object_property_get_qobject(obj, name, errp);
    QNum *number;
    uint64_t answer;

    if (!boxed) {
        return 0;
    }
    number = qobject_to(QNum, boxed);
    if (!number || !qnum_get_try_uint(number, &answer)) {
        error_setg(errp, "'%s' is not an unsigned integer", name);
        answer = 0;
    }
    qobject_unref(boxed);
    return answer;
}

bool object_property_parse(Object *obj, const char *name, const char *string, Error **errp)
{
    Visitor *v = string_input_visitor_new(string);
    bool done = object_property_set(obj, name, v, errp);

    visit_free(v);
    return done;
}

char *object_property_print(Object *obj, const char *name, bool human, Error **errp)
{
    Visitor *v;
    char *text = NULL;

    v = string_output_visitor_new(human, &text);
    if (!object_property_get(obj, name, v, errp)) {
        goto out;
    }
    visit_complete(v, &text);
out:
    visit_free(v);
    return text;
}

const char *object_property_get_type(Object *obj, const char *name, Error **errp)
{
    ObjectProperty *entry = object_property_find_err(obj, name, errp);

    if (entry == NULL) {
        return NULL;
    }
    return entry->type;
}

/* The root of the tree of objects */

static const char *const root_containers[] = {
    "chardevs",
    "objects",
    "backend",
};

static Object *object_root_initialize(void)
{
    Object *top = object_new(TYPE_CONTAINER);

    for (size_t n = 0; n < ARRAY_SIZE(root_containers); n++) {
        object_property_add_new_container(top, root_containers[n]);
    }
    return top;
}

Object *object_get_container(const char *name)
{
    Object *found;

    found = object_resolve_path_component(object_get_root(), name);
    assert(object_dynamic_cast(found, TYPE_CONTAINER));
    return found;
}

Object *object_get_root(void)
{
    static Object *top;

    if (!top) {
        top = object_root_initialize();
    }
    return top;
}

Object *object_get_objects_root(void)
{
    return object_get_container("objects");
}

Object *object_get_internal_root(void)
{
    static Object *top;

    if (!top) {
        top = object_new(TYPE_CONTAINER);
    }
    return top;
}

/* child<> properties */

static void object_get_child_property(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    Object *child = opaque;
    char *path;

    (void)obj;
    path = object_get_canonical_path(child);
    visit_type_str(v, name, &path, errp);
    g_free(path);
}

static Object *object_resolve_child_property(Object *parent, void *opaque, const char *part)
{
    (void)parent;
    (void)part;
    return opaque;
}

/* The release hook: the parent's reference on the child goes. */
static void object_finalize_child_property(Object *obj, const char *name, void *opaque)
{
    Object *child = opaque;

    (void)obj;
    (void)name;
    if (child->class->unparent) {
        (child->class->unparent)(child);
    }
    child->parent = NULL;
    object_unref(child);
}

ObjectProperty *object_property_try_add_child(Object *obj, const char *name, Object *child, Error **errp)
{
    g_autofree char *type = NULL;
    ObjectProperty *entry;

    assert(!child->parent);
    type = g_strdup_printf("child<%s>", object_get_typename(child));
    entry = object_property_try_add(obj, name, type, object_get_child_property, NULL,
                                    object_finalize_child_property, child, errp);
    if (!entry) {
        return NULL;
    }
    entry->resolve = object_resolve_child_property;
    object_ref(child);
    child->parent = obj;
    return entry;
}

ObjectProperty *object_property_add_child(Object *obj, const char *name, Object *child)
{
    return object_property_try_add_child(obj, name, child, &error_abort);
}

/* link<> properties */

void object_property_allow_set_link(const Object *obj, const char *name, Object *val, Error **errp)
{
    (void)obj;
    (void)name;
    (void)val;
    (void)errp;
}

typedef struct {
    ObjectPropertyLinkFlags flags;
    void (*check)(const Object *, const char *, Object *, Error **);
    /* Where the link is: in the owner of the property, behind a pointer, or nowhere but here. */
    union {
        ptrdiff_t offset;
        Object **targetp;
        Object *target;
    };
} LinkProperty;

static Object **object_link_get_targetp(Object *obj, LinkProperty *lprop)
{
    if (lprop->flags & OBJ_PROP_LINK_DIRECT) {
        return &lprop->target;
    } else if (lprop->flags & OBJ_PROP_LINK_CLASS) {
        return (void *)((char *)obj + lprop->offset);
    } else {
        return lprop->targetp;
    }
}

static void object_get_link_property(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    LinkProperty *link = opaque;
    Object **place = object_link_get_targetp(obj, link);
    char *path;

    if (*place) {
        path = object_get_canonical_path(*place);
        visit_type_str(v, name, &path, errp);
        g_free(path);
    } else {
        path = (char *)"";
        visit_type_str(v, name, &path, errp);
    }
}

/* The object at the path, when it is of the type between the brackets of link<…>. */
static Object *object_resolve_link(Object *obj, const char *name, const char *path, Error **errp)
{
    const char *type;
    char *wanted;
    bool ambiguous = false;
    Object *target;

    type = object_property_get_type(obj, name, NULL);
    wanted = g_strndup(&type[5], strlen(type) - 6);
    target = object_resolve_path_type(path, wanted, &ambiguous);
    if (ambiguous) {
        error_setg(errp, "more than one object is at '%s'", path);
    } else if (!target) {
        target = object_resolve_path(path, &ambiguous);
        if (target || ambiguous) {
            error_setg(errp, "'%s' wants an object of type %s", name, wanted);
        } else {
            error_set(errp, ERROR_CLASS_DEVICE_NOT_FOUND, "there is no object at '%s'", path);
        }
        target = NULL;
    }
    g_free(wanted);
    return target;
}

static void object_set_link_property(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    Error *refusal = NULL;
    LinkProperty *link = opaque;
    Object **place = object_link_get_targetp(obj, link);
    Object *before = *place;
    Object *after;
    char *path = NULL;

    if (!visit_type_str(v, name, &path, errp)) {
        return;
    }
    if (*path) {
        after = object_resolve_link(obj, name, path, errp);
        if (!after) {
            g_free(path);
            return;
        }
    } else {
        after = NULL;
    }
    g_free(path);
    link->check(obj, name, after, &refusal);
    if (refusal) {
        error_propagate(errp, refusal);
        return;
    }
    *place = after;
    if (link->flags & OBJ_PROP_LINK_STRONG) {
        object_ref(after);
        object_unref(before);
    }
}

static Object *object_resolve_link_property(Object *parent, void *opaque, const char *part)
{
    LinkProperty *link = opaque;

    (void)part;
    return *object_link_get_targetp(parent, link);
}

static void object_release_link_property(Object *obj, const char *name, void *opaque)
{
    LinkProperty *link = opaque;
    Object **place = object_link_get_targetp(obj, link);

    (void)name;
    if ((link->flags & OBJ_PROP_LINK_STRONG) && *place) {
        object_unref(*place);
    }
    if (!(link->flags & OBJ_PROP_LINK_CLASS)) {
        g_free(link);
    }
}

static ObjectProperty *object_add_link_prop(Object *obj, const char *name, const char *type, void *ptr,
                                            void (*check)(const Object *, const char *, Object *, Error **),
                                            ObjectPropertyLinkFlags flags)
{
    LinkProperty *link = g_malloc(sizeof(*link));
    g_autofree char *full_type = NULL;
    ObjectProperty *entry;

    if (flags & OBJ_PROP_LINK_DIRECT) {
        link->target = ptr;
    } else {
        link->targetp = ptr;
    }
    link->check = check;
    link->flags = flags;
    full_type = g_strdup_printf("link<%s>", type);
    entry = object_property_add(obj, name, full_type, object_get_link_property,
                                check ? object_set_link_property : NULL, object_release_link_property, link);
    entry->resolve = object_resolve_link_property;
    return entry;
}

ObjectProperty *object_property_add_link(Object *obj, const char *name, const char *type, Object **targetp,
                                         void (*check)(const Object *, const char *, Object *, Error **),
                                         ObjectPropertyLinkFlags flags)
{
    return object_add_link_prop(obj, name, type, targetp, check, flags);
}

ObjectProperty *object_class_property_add_link(ObjectClass *oc, const char *name, const char *type,
                                               ptrdiff_t offset,
                                               void (*check)(const Object *, const char *, Object *, Error **),
                                               ObjectPropertyLinkFlags flags)
{
    LinkProperty *link = g_new0(LinkProperty, 1);
    char *full_type;
    ObjectProperty *entry;

    link->offset = offset;
    link->check = check;
    link->flags = flags | OBJ_PROP_LINK_CLASS;
    full_type = g_strdup_printf("link<%s>", type);
    entry = object_class_property_add(oc, name, full_type, object_get_link_property,
                                      check ? object_set_link_property : NULL, object_release_link_property, link);
    entry->resolve = object_resolve_link_property;
    g_free(full_type);
    return entry;
}

ObjectProperty *object_property_add_const_link(Object *obj, const char *name, Object *target)
{
    return object_add_link_prop(obj, name, object_get_typename(target), target, NULL, OBJ_PROP_LINK_DIRECT);
}

/* Paths */

const char *object_get_canonical_path_component(const Object *obj)
{
    ObjectProperty *entry = NULL;
    GHashTableIter walk;
    gpointer found;

    if (obj->parent == NULL) {
        return NULL;
    }
    g_hash_table_iter_init(&walk, obj->parent->properties);
    while (g_hash_table_iter_next(&walk, NULL, &found)) {
        entry = found;
        if (!object_property_is_child(entry)) {
            continue;
        }
        if (entry->opaque == obj) {
            return entry->name;
        }
    }
    g_assert_not_reached();
}

/* NULL when the object is not below the root. */
char *object_get_canonical_path(const Object *obj)
{
    Object *top = object_get_root();
    char *longer, *path = NULL;

    if (obj == top) {
        return g_strdup("/");
    }
    do {
        const char *part = object_get_canonical_path_component(obj);

        if (!part) {
            g_free(path);
            return NULL;
        }
        longer = g_strdup_printf("/%s%s", part, path ? path : "");
        g_free(path);
        path = longer;
        obj = obj->parent;
    } while (obj != top);
    return path;
}

Object *object_resolve_path_component(Object *parent, const char *part)
{
    ObjectProperty *entry = object_property_find(parent, part);

    if (entry == NULL) {
        return NULL;
    }
    if (entry->resolve) {
        return entry->resolve(parent, entry->opaque, part);
    } else {
        return NULL;
    }
}

static Object *object_resolve_abs_path(Object *parent, char **parts, const char *typename)
{
    for (; *parts; parts++) {
        if (**parts == '\0') {
            continue;
        }
        parent = object_resolve_path_component(parent, *parts);
        if (parent == NULL) {
            return NULL;
        }
    }
    return object_dynamic_cast(parent, typename);
}

static Object *object_resolve_partial_path(Object *parent, char **parts, const char *typename, bool *ambiguous)
{
    Object *answer;
    GHashTableIter walk;
    gpointer value;

    answer = object_resolve_abs_path(parent, parts, typename);
    g_hash_table_iter_init(&walk, parent->properties);
    while (g_hash_table_iter_next(&walk, NULL, &value)) {
        ObjectProperty *entry = value;
        Object *deeper;

        if (!object_property_is_child(entry)) {
            continue;
        }
        deeper = object_resolve_partial_path(entry->opaque, parts, typename, ambiguous);
        if (deeper) {
            if (answer) {
                *ambiguous = true;
                return NULL;
            }
            answer = deeper;
        }
        if (*ambiguous) {
            return NULL;
        }
    }
    return answer;
}

Object *object_resolve_path_type(const char *path, const char *typename, bool *ambiguous)
{
    Object *answer;
    char **parts;

    parts = g_strsplit(path, "/", 0);
    assert(parts);
    if (parts[0] == NULL || strcmp(parts[0], "") != 0) {
        bool several = false;

        answer = object_resolve_partial_path(object_get_root(), parts, typename, &several);
        if (ambiguous) {
            *ambiguous = several;
        }
    } else {
        answer = object_resolve_abs_path(object_get_root(), parts + 1, typename);
        if (ambiguous) {
            *ambiguous = false;
        }
    }
    g_strfreev(parts);
    return answer;
}

Object *object_resolve_path(const char *path, bool *ambiguous)
{
    return object_resolve_path_type(path, TYPE_OBJECT, ambiguous);
}

Object *object_resolve_path_at(Object *parent, const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", 0);

    if (*path == '/') {
        return object_resolve_abs_path(object_get_root(), parts + 1, TYPE_OBJECT);
    }
    return object_resolve_abs_path(parent, parts, TYPE_OBJECT);
}

Object *object_resolve_type_unambiguous(const char *typename, Error **errp)
{
    bool several = false;
    Object *only = object_resolve_path_type("", typename, &several);

    if (several) {
        error_setg(errp, "there are several objects of type %s", typename);
        return NULL;
    }
    if (!only) {
        error_setg(errp, "there is no object of type %s", typename);
        return NULL;
    }
    return only;
}

/* Strings and booleans by a pair of functions */

typedef struct StringProperty {
    char *(*get)(Object *, Error **);
    void (*set)(Object *, const char *, Error **);
} StringProperty;

static void property_get_str(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    StringProperty *pair = opaque;
    char *text;
    Error *problem = NULL;

    text = pair->get(obj, &problem);
    if (problem) {
        error_propagate(errp, problem);
        return;
    }
    visit_type_str(v, name, &text, errp);
    g_free(text);
}

static void property_set_str(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    StringProperty *pair = opaque;
    char *text;

    if (!visit_type_str(v, name, &text, errp)) {
        return;
    }
    pair->set(obj, text, errp);
    g_free(text);
}

static void property_release_data(Object *obj, const char *name, void *opaque)
{
    (void)obj;
    (void)name;
    g_free(opaque);
}

ObjectProperty *object_property_add_str(Object *obj, const char *name, char *(*get)(Object *, Error **),
                                        void (*set)(Object *, const char *, Error **))
{
    StringProperty *pair = g_malloc0(sizeof(*pair));

    pair->get = get;
    pair->set = set;
    return object_property_add(obj, name, "string", get ? property_get_str : NULL, set ? property_set_str : NULL,
                               property_release_data, pair);
}

ObjectProperty *object_class_property_add_str(ObjectClass *klass, const char *name,
                                              char *(*get)(Object *, Error **),
                                              void (*set)(Object *, const char *, Error **))
{
    StringProperty *pair = g_malloc0(sizeof(*pair));

    pair->get = get;
    pair->set = set;
    return object_class_property_add(klass, name, "string", get ? property_get_str : NULL,
                                     set ? property_set_str : NULL, NULL, pair);
}

typedef struct BoolProperty {
    bool (*get)(Object *, Error **);
    void (*set)(Object *, bool, Error **);
} BoolProperty;

static void property_get_bool(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    BoolProperty *pair = opaque;
    bool value;
    Error *problem = NULL;

    value = pair->get(obj, &problem);
    if (problem) {
        error_propagate(errp, problem);
        return;
    }
    visit_type_bool(v, name, &value, errp);
}

static void property_set_bool(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    BoolProperty *pair = opaque;
    bool value;

    if (!visit_type_bool(v, name, &value, errp)) {
        return;
    }
    pair->set(obj, value, errp);
}

ObjectProperty *object_property_add_bool(Object *obj, const char *name, bool (*get)(Object *, Error **),
                                         void (*set)(Object *, bool, Error **))
{
    BoolProperty *pair = g_malloc0(sizeof(*pair));

    pair->get = get;
    pair->set = set;
    return object_property_add(obj, name, "bool", get ? property_get_bool : NULL, set ? property_set_bool : NULL,
                               property_release_data, pair);
}

ObjectProperty *object_class_property_add_bool(ObjectClass *klass, const char *name,
                                               bool (*get)(Object *, Error **),
                                               void (*set)(Object *, bool, Error **))
{
    BoolProperty *pair = g_malloc0(sizeof(*pair));

    pair->get = get;
    pair->set = set;
    return object_class_property_add(klass, name, "bool", get ? property_get_bool : NULL,
                                     set ? property_set_bool : NULL, NULL, pair);
}

static char *object_get_type(Object *obj, Error **errp)
{
    (void)errp;
    return g_strdup(object_get_typename(obj));
}

/* Integers in memory: the four widths differ in nothing else */

#define INTEGER_PROPERTY(width)                                                                                \
    static void property_get_##width##_ptr(Object *obj, Visitor *v, const char *name, void *opaque,            \
                                           Error **errp)                                                       \
    {                                                                                                          \
        width##_t value = *(width##_t *)opaque;                                                                \
                                                                                                               \
        (void)obj;                                                                                             \
        visit_type_##width(v, name, &value, errp);                                                             \
    }                                                                                                          \
    static void property_set_##width##_ptr(Object *obj, Visitor *v, const char *name, void *opaque,            \
                                           Error **errp)                                                       \
    {                                                                                                          \
        width##_t value;                                                                                       \
                                                                                                               \
        (void)obj;                                                                                             \
        if (visit_type_##width(v, name, &value, errp)) {                                                       \
            *(width##_t *)opaque = value;                                                                      \
        }                                                                                                      \
    }                                                                                                          \
    ObjectProperty *object_property_add_##width##_ptr(Object *obj, const char *name, const width##_t *v,       \
                                                      ObjectPropertyFlags flags)                               \
    {                                                                                                          \
        return object_property_add(obj, name, #width, flags & OBJ_PROP_FLAG_READ ? property_get_##width##_ptr : NULL, \
                                   flags & OBJ_PROP_FLAG_WRITE ? property_set_##width##_ptr : NULL, NULL,      \
                                   (void *)v);                                                                 \
    }
INTEGER_PROPERTY(uint8)
INTEGER_PROPERTY(uint16)
INTEGER_PROPERTY(uint32)
INTEGER_PROPERTY(uint64)

/* The property of another object under a name of this one's */

typedef struct {
    Object *target_obj;
    char *target_name;
} AliasProperty;

static void property_get_alias(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    AliasProperty *alias = opaque;
    Visitor *renamed = visitor_forward_field(v, alias->target_name, name);

    (void)obj;
    object_property_get(alias->target_obj, alias->target_name, renamed, errp);
    visit_free(renamed);
}

static void property_set_alias(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    AliasProperty *alias = opaque;
    Visitor *renamed = visitor_forward_field(v, alias->target_name, name);

    (void)obj;
    object_property_set(alias->target_obj, alias->target_name, renamed, errp);
    visit_free(renamed);
}

static Object *property_resolve_alias(Object *obj, void *opaque, const char *part)
{
    AliasProperty *alias = opaque;

    (void)obj;
    (void)part;
    return object_resolve_path_component(alias->target_obj, alias->target_name);
}

static void property_release_alias(Object *obj, const char *name, void *opaque)
{
    AliasProperty *alias = opaque;

    (void)obj;
    (void)name;
    g_free(alias->target_name);
    g_free(alias);
}

/* No reference is taken: whoever adds the alias sees to it that the target lives as long. */
ObjectProperty *object_property_add_alias(Object *obj, const char *name, Object *target_obj,
                                          const char *target_name)
{
    AliasProperty *alias;
    ObjectProperty *entry;
    ObjectProperty *target_prop;
    g_autofree char *type = NULL;

    target_prop = object_property_find_err(target_obj, target_name, &error_abort);
    if (object_property_is_child(target_prop)) {
        type = g_strdup_printf("link%s", target_prop->type + strlen("child"));
    } else {
        type = g_strdup(target_prop->type);
    }
    alias = g_malloc(sizeof(*alias));
    alias->target_obj = target_obj;
    alias->target_name = g_strdup(target_name);
    entry = object_property_add(obj, name, type, property_get_alias, property_set_alias, property_release_alias,
                                alias);
    entry->resolve = property_resolve_alias;
    if (target_prop->defval) {
        entry->defval = qobject_ref(target_prop->defval);
    }
    object_property_set_description(obj, entry->name, target_prop->description);
    return entry;
}

void object_property_set_description(Object *obj, const char *name, const char *description)
{
    ObjectProperty *entry;

    entry = object_property_find_err(obj, name, &error_abort);
    g_free(entry->description);
    entry->description = g_strdup(description);
}

void object_class_property_set_description(ObjectClass *klass, const char *name, const char *description)
{
    ObjectProperty *entry;

    entry = g_hash_table_lookup(klass->properties, name);
    g_free(entry->description);
    entry->description = g_strdup(description);
}

static void object_class_init(ObjectClass *klass, void *data)
{
    (void)data;
    object_class_property_add_str(klass, "type", object_get_type, NULL);
}

static void register_types(void)
{
    static const TypeInfo interface_info = {
        .name = TYPE_INTERFACE,
        .class_size = sizeof(InterfaceClass),
        .abstract = true,
    };
    static const TypeInfo object_info = {
        .name = TYPE_OBJECT,
        .instance_size = sizeof(Object),
        .class_init = object_class_init,
        .abstract = true,
    };

    type_interface = type_register_internal(&interface_info);
    type_register_internal(&object_info);
}

type_init(register_types)
