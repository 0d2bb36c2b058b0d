/*
 * QEMU's object model, reduced to what decides when an object lives and dies: types, properties,
 * children, references, finalization.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qom/object.h"
#include "qapi/error.h"

typedef struct TypeImpl TypeImpl;

struct TypeImpl {
    const char *name;
    const char *parent;
    TypeImpl *parent_type;
    size_t class_size;
    size_t instance_size;
    void (*class_init)(ObjectClass *klass, void *data);
    void (*class_base_init)(ObjectClass *klass, void *data);
    void *class_data;
    void (*instance_init)(Object *obj);
    void (*instance_post_init)(Object *obj);
    void (*instance_finalize)(Object *obj);
    bool abstract;
    ObjectClass *class;
};

static GHashTable *type_table;

/* Types by name. */
static GHashTable *type_table_get(void)
{
    if (type_table == NULL) {
        type_table = g_hash_table_new(g_str_hash, g_str_equal);
    }
    return type_table;
}

static TypeImpl *type_get_by_name_noload(const char *name)
{
    return name ? g_hash_table_lookup(type_table_get(), name) : NULL;
}

static TypeImpl *type_new(const TypeInfo *info)
{
    TypeImpl *type = g_new0(TypeImpl, 1);

    g_assert(info->name != NULL);
    g_assert(type_get_by_name_noload(info->name) == NULL);
    type->name = info->name;
    type->parent = info->parent;
    type->class_size = info->class_size;
    type->instance_size = info->instance_size;
    type->class_init = info->class_init;
    type->class_base_init = info->class_base_init;
    type->class_data = info->class_data;
    type->instance_init = info->instance_init;
    type->instance_post_init = info->instance_post_init;
    type->instance_finalize = info->instance_finalize;
    type->abstract = info->abstract;
    return type;
}

Type type_register(const TypeInfo *info)
{
    TypeImpl *type = type_new(info);

    assert(info->parent);
    g_hash_table_insert(type_table_get(), (void *)type->name, type);
    return type;
}

Type type_register_static(const TypeInfo *info)
{
    return type_register(info);
}

static TypeImpl *type_get_parent(TypeImpl *type)
{
    if (type->parent_type == NULL && type->parent) {
        type->parent_type = type_get_by_name_noload(type->parent);
        assert(type->parent_type != NULL);
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
    return type_has_parent(type) ? type_class_get_size(type_get_parent(type)) : sizeof(ObjectClass);
}

static size_t type_object_get_size(TypeImpl *type)
{
    if (type->instance_size) {
        return type->instance_size;
    }
    return type_has_parent(type) ? type_object_get_size(type_get_parent(type)) : 0;
}

static bool type_is_ancestor(TypeImpl *type, TypeImpl *target)
{
    for (; type; type = type_get_parent(type)) {
        if (type == target) {
            return true;
        }
    }
    return false;
}

static void object_property_free(gpointer data);

/* Make the class of a type, after that of its parent, of which it starts as a copy. */
static void type_initialize(TypeImpl *type)
{
    TypeImpl *parent;

    if (type->class) {
        return;
    }
    type->class_size = type_class_get_size(type);
    type->instance_size = type_object_get_size(type);
    type->class = g_malloc0(type->class_size);
    parent = type_get_parent(type);
    if (parent) {
        type_initialize(parent);
        g_assert(parent->class_size <= type->class_size);
        g_assert(parent->instance_size <= type->instance_size);
        memcpy(type->class, parent->class, parent->class_size);
    }
    type->class->properties = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, object_property_free);
    type->class->type = type;
    for (; parent; parent = type_get_parent(parent)) {
        if (parent->class_base_init) {
            parent->class_base_init(type->class, type->class_data);
        }
    }
    if (type->class_init) {
        type->class_init(type->class, type->class_data);
    }
}

/* Base class first. */
static void object_init_with_type(Object *obj, TypeImpl *type)
{
    if (type_has_parent(type)) {
        object_init_with_type(obj, type_get_parent(type));
    }
    if (type->instance_init) {
        type->instance_init(obj);
    }
}

static void object_post_init_with_type(Object *obj, TypeImpl *type)
{
    if (type_has_parent(type)) {
        object_post_init_with_type(obj, type_get_parent(type));
    }
    if (type->instance_post_init) {
        type->instance_post_init(obj);
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
    obj->properties = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, object_property_free);
    object_init_with_type(obj, type);
    object_post_init_with_type(obj, type);
}

/* In memory of the caller's: the object is finalized with its last reference, not freed. */
void object_initialize(void *obj, size_t size, const char *type_name)
{
    TypeImpl *type = type_get_by_name_noload(type_name);

    assert(type != NULL);
    object_initialize_with_type(obj, size, type);
}

/* An embedded child: the parent's property holds the only reference. */
void object_initialize_child_internal(Object *parent, const char *propname, void *child, size_t size,
                                      const char *type)
{
    object_initialize(child, size, type);
    object_property_add_child(parent, propname, OBJECT(child));
    object_unref(OBJECT(child));
}

static Object *object_new_with_type(Type type)
{
    Object *obj;

    g_assert(type != NULL);
    type_initialize(type);
    obj = g_malloc(type->instance_size);
    object_initialize_with_type(obj, type->instance_size, type);
    obj->free = g_free;
    return obj;
}

Object *object_new(const char *type_name)
{
    return object_new_with_type(type_get_by_name_noload(type_name));
}

/* Properties and children */

static bool object_property_is_child(ObjectProperty *prop)
{
    return g_str_has_prefix(prop->type, "child<");
}

/* Its release hook has run. */
static void object_property_free(gpointer data)
{
    ObjectProperty *prop = data;

    g_free(prop->name);
    g_free(prop->type);
    g_free(prop->description);
    g_free(prop);
}

/*
 * Every property goes, in the order of the hash table. A release hook may add or remove others, which
 * ends the walk: it starts over, and remembers whom it has been to.
 */
static void object_property_del_all(Object *obj)
{
    GHashTable *visited = g_hash_table_new(NULL, NULL);
    ObjectPropertyIterator walk;
    ObjectProperty *entry;
    bool again = true;

    while (again) {
        again = false;
        object_property_iter_init(&walk, obj);
        while (!again && (entry = object_property_iter_next(&walk)) != NULL) {
            if (g_hash_table_add(visited, entry) && entry->release) {
                entry->release(obj, entry->name, entry->opaque);
                again = true;
            }
        }
    }
    g_hash_table_unref(visited);
    g_hash_table_unref(obj->properties);
}

static bool holds_child(ObjectProperty *entry, Object *child)
{
    return object_property_is_child(entry) && entry->opaque == child;
}

/* Remove the property that holds this child. The hook may change the table: look again behind it. */
static void object_property_del_child(Object *obj, Object *child)
{
    GHashTableIter walk;
    gpointer found;

    g_hash_table_iter_init(&walk, obj->properties);
    while (g_hash_table_iter_next(&walk, NULL, &found)) {
        ObjectProperty *entry = found;

        if (holds_child(entry, child)) {
            if (entry->release) {
                entry->release(obj, entry->name, entry->opaque);
                entry->release = NULL;
            }
            break;
        }
    }
    for (g_hash_table_iter_init(&walk, obj->properties); g_hash_table_iter_next(&walk, NULL, &found);) {
        if (holds_child(found, child)) {
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

/* Derived class first. */
static void object_deinit(Object *obj, TypeImpl *type)
{
    if (type->instance_finalize) {
        type->instance_finalize(obj);
    }
    if (type_has_parent(type)) {
        object_deinit(obj, type_get_parent(type));
    }
}

static void object_finalize(void *data)
{
    Object *obj = data;
    TypeImpl *type = obj->class->type;

    object_property_del_all(obj);
    object_deinit(obj, type);
    g_assert(obj->ref == 0);
    g_assert(obj->parent == NULL);
    if (obj->free) {
        obj->free(obj);
    }
}

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

    if (!obj) {
        return;
    }
    g_assert(obj->ref > 0);
    if (qatomic_fetch_dec(&obj->ref) == 1) {
        object_finalize(obj);
    }
}

/* `name[*]` takes the first free number. */
ObjectProperty *object_property_try_add(Object *obj, const char *name, const char *type,
                                        ObjectPropertyAccessor *get, ObjectPropertyAccessor *set,
                                        ObjectPropertyRelease *release, void *opaque, Error **errp)
{
    ObjectProperty *prop;
    size_t length = strlen(name);

    if (length >= 3 && !memcmp(name + length - 3, "[*]", 4)) {
        char *stem = g_strdup(name);
        ObjectProperty *added = NULL;

        stem[length - 3] = '\0';
        for (int i = 0; i < INT16_MAX && added == NULL; i++) {
            char *numbered = g_strdup_printf("%s[%d]", stem, i);

            added = object_property_try_add(obj, numbered, type, get, set, release, opaque, NULL);
            g_free(numbered);
        }
        g_free(stem);
        assert(added);
        return added;
    }
    if (object_property_find(obj, name) != NULL) {
        error_setg(errp, "attempt to add duplicate property '%s' to object (type '%s')", name,
                   object_get_typename(obj));
        return NULL;
    }
    prop = g_malloc0(sizeof(*prop));
    prop->name = g_strdup(name);
    prop->type = g_strdup(type);
    prop->get = get;
    prop->set = set;
    prop->release = release;
    prop->opaque = opaque;
    g_hash_table_insert(obj->properties, prop->name, prop);
    return prop;
}

ObjectProperty *object_property_add(Object *obj, const char *name, const char *type,
                                    ObjectPropertyAccessor *get, ObjectPropertyAccessor *set,
                                    ObjectPropertyRelease *release, void *opaque)
{
    return object_property_try_add(obj, name, type, get, set, release, opaque, &error_abort);
}

ObjectProperty *object_property_find(Object *obj, const char *name)
{
    ObjectClass *klass;

    for (klass = object_get_class(obj); klass; klass = object_class_get_parent(klass)) {
        ObjectProperty *prop = g_hash_table_lookup(klass->properties, name);
        if (prop) {
            return prop;
        }
    }
    return g_hash_table_lookup(obj->properties, name);
}

void object_property_del(Object *obj, const char *name)
{
    ObjectProperty *prop = g_hash_table_lookup(obj->properties, name);

    if (prop->release) {
        prop->release(obj, name, prop->opaque);
    }
    g_hash_table_remove(obj->properties, name);
}

void object_property_iter_init(ObjectPropertyIterator *iter, Object *obj)
{
    g_hash_table_iter_init(&iter->iter, obj->properties);
    iter->nextclass = object_get_class(obj);
}

ObjectProperty *object_property_iter_next(ObjectPropertyIterator *iter)
{
    gpointer key, value;

    while (!g_hash_table_iter_next(&iter->iter, &key, &value)) {
        if (!iter->nextclass) {
            return NULL;
        }
        g_hash_table_iter_init(&iter->iter, iter->nextclass->properties);
        iter->nextclass = object_class_get_parent(iter->nextclass);
    }
    return value;
}

static Object *object_resolve_child_property(Object *parent, void *opaque, const char *part)
{
    (void)parent;
    (void)part;
    return opaque;
}

/* The parent lets go of a child: what made the property goes with it. */
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
    char *type;
    ObjectProperty *prop;

    assert(!child->parent);
    type = g_strdup_printf("child<%s>", object_get_typename(child));
    prop = object_property_try_add(obj, name, type, NULL, NULL, object_finalize_child_property, child, errp);
    if (prop) {
        prop->resolve = object_resolve_child_property;
        object_ref(child);
        child->parent = obj;
    }
    g_free(type);
    return prop;
}

ObjectProperty *object_property_add_child(Object *obj, const char *name, Object *child)
{
    return object_property_try_add_child(obj, name, child, &error_abort);
}

/* The name of the property by which the parent knows the object. */
const char *object_get_canonical_path_component(const Object *obj)
{
    ObjectProperty *prop = NULL;
    GHashTableIter iter;
    gpointer value;

    if (obj->parent == NULL) {
        return NULL;
    }
    g_hash_table_iter_init(&iter, obj->parent->properties);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        prop = value;
        if (!object_property_is_child(prop)) {
            continue;
        }
        if (prop->opaque == obj) {
            return prop->name;
        }
    }
    g_assert_not_reached();
    return NULL;
}

char *object_get_canonical_path(const Object *obj)
{
    Object *root = object_get_root();
    char *path = NULL;

    if (obj == root) {
        return g_strdup("/");
    }
    do {
        const char *part = object_get_canonical_path_component(obj);
        char *longer;

        if (!part) {
            g_free(path);
            return NULL;
        }
        longer = g_strdup_printf("/%s%s", part, path ? path : "");
        g_free(path);
        path = longer;
        obj = obj->parent;
    } while (obj != root);
    return path;
}

int object_child_foreach(Object *obj, int (*fn)(Object *child, void *opaque), void *opaque)
{
    GHashTableIter iter;
    gpointer value;
    int ret = 0;

    g_hash_table_iter_init(&iter, obj->properties);
    while (ret == 0 && g_hash_table_iter_next(&iter, NULL, &value)) {
        ObjectProperty *prop = value;
        if (object_property_is_child(prop)) {
            ret = fn(prop->opaque, opaque);
        }
    }
    return ret;
}

/* Casts */

ObjectClass *object_class_dynamic_cast(ObjectClass *klass, const char *type_name)
{
    TypeImpl *target;

    if (!klass) {
        return NULL;
    }
    if (klass->type->name == type_name) {
        return klass;
    }
    target = type_get_by_name_noload(type_name);
    return target && type_is_ancestor(klass->type, target) ? klass : NULL;
}

Object *object_dynamic_cast(Object *obj, const char *type_name)
{
    return obj && object_class_dynamic_cast(object_get_class(obj), type_name) ? obj : NULL;
}

Object *object_dynamic_cast_assert(Object *obj, const char *type_name, const char *file, int line,
                                   const char *func)
{
    if (obj && !object_dynamic_cast(obj, type_name)) {
        fprintf(stderr, "%s:%d:%s: Object %p is not an instance of type %s\n", file, line, func, (void *)obj,
                type_name);
        abort();
    }
    return obj;
}

ObjectClass *object_class_dynamic_cast_assert(ObjectClass *klass, const char *type_name, const char *file,
                                              int line, const char *func)
{
    if (klass && !object_class_dynamic_cast(klass, type_name)) {
        fprintf(stderr, "%s:%d:%s: Class %p is not an instance of type %s\n", file, line, func, (void *)klass,
                type_name);
        abort();
    }
    return klass;
}

ObjectClass *object_get_class(Object *obj)
{
    return obj->class;
}

const char *object_get_typename(const Object *obj)
{
    return obj->class->type->name;
}

const char *object_class_get_name(ObjectClass *klass)
{
    return klass->type->name;
}

ObjectClass *object_class_by_name(const char *type_name)
{
    TypeImpl *type = type_get_by_name_noload(type_name);

    if (!type) {
        return NULL;
    }
    type_initialize(type);
    return type->class;
}

ObjectClass *object_class_get_parent(ObjectClass *klass)
{
    TypeImpl *type = type_get_parent(klass->type);

    if (!type) {
        return NULL;
    }
    type_initialize(type);
    return type->class;
}

/* The root of the composition tree, and the container of nameless parents' children. */

Object *object_get_root(void)
{
    static Object *root;

    if (!root) {
        root = object_new(TYPE_CONTAINER);
    }
    return root;
}

Object *object_get_objects_root(void)
{
    static Object *objects;

    if (!objects) {
        objects = object_new(TYPE_CONTAINER);
        object_property_add_child(object_get_root(), "objects", objects);
        object_unref(objects);
    }
    return objects;
}

static void register_types(void)
{
    static const TypeInfo object_info = {
        .name = TYPE_OBJECT,
        .instance_size = sizeof(Object),
        .abstract = true,
    };
    static const TypeInfo container_info = {
        .name = TYPE_CONTAINER,
        .parent = TYPE_OBJECT,
        .instance_size = sizeof(Object),
    };
    TypeImpl *base = type_new(&object_info);

    g_hash_table_insert(type_table_get(), (void *)base->name, base);
    type_register(&container_info);
}

type_init(register_types)
