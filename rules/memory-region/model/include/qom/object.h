/*
 * Objects, types and properties: the interface of QEMU's object model, as far as lifetimes go.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_OBJECT_H
#define QEMU_OBJECT_H

#include "qemu/osdep.h"
#include "qemu/queue.h"
#include "qapi/error.h"

struct TypeImpl;
typedef struct TypeImpl *Type;
typedef struct TypeInfo TypeInfo;
typedef struct InterfaceClass InterfaceClass;
typedef struct InterfaceInfo InterfaceInfo;
typedef struct ObjectProperty ObjectProperty;

#define TYPE_OBJECT "object"
#define TYPE_CONTAINER "container"

typedef void(ObjectPropertyAccessor)(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp);
typedef Object *(ObjectPropertyResolve)(Object *obj, void *opaque, const char *part);
typedef void(ObjectPropertyRelease)(Object *obj, const char *name, void *opaque);
typedef void(ObjectUnparent)(Object *obj);
typedef void(ObjectFree)(void *obj);

struct ObjectProperty {
    char *name;
    char *type;
    char *description;
    ObjectPropertyAccessor *get;
    ObjectPropertyAccessor *set;
    ObjectPropertyResolve *resolve;
    ObjectPropertyRelease *release;
    void *opaque;
};

struct ObjectClass {
    Type type;
    GSList *interfaces;
    ObjectUnparent *unparent;
    GHashTable *properties;
};

struct Object {
    ObjectClass *class;
    ObjectFree *free;
    GHashTable *properties;
    uint32_t ref;
    Object *parent;
};

struct InterfaceInfo {
    const char *type;
};

struct InterfaceClass {
    ObjectClass parent_class;
    ObjectClass *concrete_class;
    Type interface_type;
};
#define TYPE_INTERFACE "interface"

struct TypeInfo {
    const char *name;
    const char *parent;
    size_t instance_size;
    size_t instance_align;
    void (*instance_init)(Object *obj);
    void (*instance_post_init)(Object *obj);
    void (*instance_finalize)(Object *obj);
    bool abstract;
    size_t class_size;
    void (*class_init)(ObjectClass *klass, void *data);
    void (*class_base_init)(ObjectClass *klass, void *data);
    void *class_data;
    const InterfaceInfo *interfaces;
};

typedef struct ObjectPropertyIterator {
    ObjectClass *nextclass;
    GHashTableIter iter;
} ObjectPropertyIterator;

#define OBJECT(obj) ((Object *)(obj))
#define OBJECT_CLASS(class) ((ObjectClass *)(class))
#define OBJECT_CHECK(type, obj, name) \
    ((type *)object_dynamic_cast_assert(OBJECT(obj), (name), __FILE__, __LINE__, __func__))
#define OBJECT_CLASS_CHECK(class_type, class, name) \
    ((class_type *)object_class_dynamic_cast_assert(OBJECT_CLASS(class), (name), __FILE__, __LINE__, __func__))
#define OBJECT_GET_CLASS(class, obj, name) OBJECT_CLASS_CHECK(class, object_get_class(OBJECT(obj)), name)
#define DECLARE_INSTANCE_CHECKER(InstanceType, OBJ_NAME, TYPENAME)                     \
    static inline G_GNUC_UNUSED InstanceType *OBJ_NAME(const void *obj)                \
    {                                                                                  \
        return OBJECT_CHECK(InstanceType, obj, TYPENAME);                              \
    }
#define DECLARE_CLASS_CHECKERS(ClassType, OBJ_NAME, TYPENAME)                          \
    static inline G_GNUC_UNUSED ClassType *OBJ_NAME##_GET_CLASS(const void *obj)       \
    {                                                                                  \
        return OBJECT_GET_CLASS(ClassType, obj, TYPENAME);                             \
    }                                                                                  \
    static inline G_GNUC_UNUSED ClassType *OBJ_NAME##_CLASS(const void *klass)         \
    {                                                                                  \
        return OBJECT_CLASS_CHECK(ClassType, klass, TYPENAME);                         \
    }
#define DECLARE_OBJ_CHECKERS(InstanceType, ClassType, OBJ_NAME, TYPENAME) \
    DECLARE_INSTANCE_CHECKER(InstanceType, OBJ_NAME, TYPENAME)            \
    DECLARE_CLASS_CHECKERS(ClassType, OBJ_NAME, TYPENAME)
#define OBJECT_DECLARE_SIMPLE_TYPE(InstanceType, MODULE_OBJ_NAME) \
    typedef struct InstanceType InstanceType;                     \
    DECLARE_INSTANCE_CHECKER(InstanceType, MODULE_OBJ_NAME, TYPE_##MODULE_OBJ_NAME)

Type type_register_static(const TypeInfo *info);
Type type_register(const TypeInfo *info);
Object *object_new(const char *type_name);
void object_initialize(void *obj, size_t size, const char *type_name);
void object_initialize_child_internal(Object *parent, const char *propname, void *child, size_t size,
                                      const char *type);
#define object_initialize_child(parent, propname, child, type) \
    object_initialize_child_internal((parent), (propname), (child), sizeof(*(child)), (type))
Object *object_dynamic_cast(Object *obj, const char *type_name);
Object *object_dynamic_cast_assert(Object *obj, const char *type_name, const char *file, int line,
                                   const char *func);
ObjectClass *object_class_dynamic_cast(ObjectClass *klass, const char *type_name);
ObjectClass *object_class_dynamic_cast_assert(ObjectClass *klass, const char *type_name, const char *file,
                                              int line, const char *func);
ObjectClass *object_get_class(Object *obj);
const char *object_get_typename(const Object *obj);
const char *object_class_get_name(ObjectClass *klass);
ObjectClass *object_class_by_name(const char *type_name);
ObjectClass *object_class_get_parent(ObjectClass *klass);
Object *object_ref(void *obj);
void object_unref(void *obj);
ObjectProperty *object_property_try_add(Object *obj, const char *name, const char *type,
                                        ObjectPropertyAccessor *get, ObjectPropertyAccessor *set,
                                        ObjectPropertyRelease *release, void *opaque, Error **errp);
ObjectProperty *object_property_add(Object *obj, const char *name, const char *type,
                                    ObjectPropertyAccessor *get, ObjectPropertyAccessor *set,
                                    ObjectPropertyRelease *release, void *opaque);
void object_property_del(Object *obj, const char *name);
ObjectProperty *object_property_find(Object *obj, const char *name);
void object_property_iter_init(ObjectPropertyIterator *iter, Object *obj);
ObjectProperty *object_property_iter_next(ObjectPropertyIterator *iter);
ObjectProperty *object_property_try_add_child(Object *obj, const char *name, Object *child, Error **errp);
ObjectProperty *object_property_add_child(Object *obj, const char *name, Object *child);
void object_unparent(Object *obj);
const char *object_get_canonical_path_component(const Object *obj);
char *object_get_canonical_path(const Object *obj);
int object_child_foreach(Object *obj, int (*fn)(Object *child, void *opaque), void *opaque);
Object *object_get_root(void);
Object *object_get_objects_root(void);

#endif
