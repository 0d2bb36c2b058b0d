/*
 * Objects of the model, natively. With an argument, one misuse that must stop the program.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/main-loop.h"
#include "qemu/queue.h"
#include "qemu/rcu.h"
#include "qom/object.h"
#include "qom/object_interfaces.h"

static char finalized[4096];

static void append(char *text, const char *more)
{
    strcpy(text + strlen(text), more);
}

/* Who was finalized since last asked, in order. */
#define expect_finalized(order)                  \
    do {                                         \
        g_assert_cmpstr(finalized, ==, order);   \
        memset(finalized, 0, sizeof(finalized)); \
    } while (0)

#define TYPE_THING "thing"
#define TYPE_DERIVED "derived-thing"
#define TYPE_SPEAKER "speaker"
#define TYPE_SPEAKING "speaking-thing"

typedef struct ThingClass {
    ObjectClass parent_class;
    int (*answer)(void);
    int set_by_base;
} ThingClass;
typedef struct Thing {
    Object parent_obj;
    const char *name;
    Object *friend;
    uint32_t number;
} Thing;
typedef struct Derived {
    Thing parent_obj;
    Thing embedded;
    int inits;
} Derived;
typedef struct Speaker Speaker;
typedef struct SpeakerClass {
    InterfaceClass parent_class;
    const char *(*say)(void);
} SpeakerClass;
DECLARE_OBJ_CHECKERS(Thing, ThingClass, THING, TYPE_THING)
DECLARE_INSTANCE_CHECKER(Derived, DERIVED, TYPE_DERIVED)
DECLARE_CLASS_CHECKERS(SpeakerClass, SPEAKER, TYPE_SPEAKER)

static int answer_base(void)
{
    return 1;
}

static int answer_derived(void)
{
    return 2;
}

static const char *say_hello(void)
{
    return "hello";
}

static void thing_class_init(ObjectClass *klass, void *data)
{
    (void)data;
    THING_CLASS(klass)->answer = answer_base;
    THING_CLASS(klass)->set_by_base = 7;
}

static void thing_init(Object *obj)
{
    object_property_add_uint32_ptr(obj, "number", &THING(obj)->number, OBJ_PROP_FLAG_READWRITE);
    THING(obj)->number = 5;
}

static void thing_finalize(Object *obj)
{
    append(finalized, THING(obj)->name ? THING(obj)->name : "?");
}

static void derived_class_init(ObjectClass *klass, void *data)
{
    (void)data;
    g_assert(THING_CLASS(klass)->answer == answer_base);
    THING_CLASS(klass)->answer = answer_derived;
}

static void derived_init(Object *obj)
{
    Derived *derived = DERIVED(obj);

    g_assert(derived->parent_obj.number == 5);
    derived->inits++;
    object_initialize_child(obj, "embedded", &derived->embedded, TYPE_THING);
    derived->embedded.name = "embedded ";
}

static void derived_finalize(Object *obj)
{
    (void)obj;
    append(finalized, "derived:");
}

static void speaking_class_init(ObjectClass *klass, void *data)
{
    (void)data;
    SPEAKER_CLASS(klass)->say = say_hello;
}

static const TypeInfo types[] = {
    {
        .name = TYPE_THING,
        .parent = TYPE_OBJECT,
        .instance_size = sizeof(Thing),
        .instance_init = thing_init,
        .instance_finalize = thing_finalize,
        .class_size = sizeof(ThingClass),
        .class_init = thing_class_init,
    },
    {
        .name = TYPE_DERIVED,
        .parent = TYPE_THING,
        .instance_size = sizeof(Derived),
        .instance_init = derived_init,
        .instance_finalize = derived_finalize,
        .class_init = derived_class_init,
    },
    {
        .name = TYPE_SPEAKER,
        .parent = TYPE_INTERFACE,
        .class_size = sizeof(SpeakerClass),
    },
    {
        .name = TYPE_SPEAKING,
        .parent = TYPE_THING,
        .class_init = speaking_class_init,
        .interfaces = (InterfaceInfo[]) { { TYPE_SPEAKER }, { NULL } },
    },
};
DEFINE_TYPES(types)

static Object *thing_new(const char *name)
{
    Object *obj = object_new(TYPE_THING);

    THING(obj)->name = name;
    return obj;
}

static Object *child_of(Object *parent, const char *property, const char *name)
{
    Object *child = thing_new(name);

    object_property_add_child(parent, property, child);
    object_unref(child);
    return child;
}

static void without_children(void)
{
    Object *obj = thing_new("a ");

    g_assert(obj->ref == 1);
    object_ref(obj);
    object_unref(obj);
    expect_finalized("");
    object_unref(obj);
    expect_finalized("a ");
}

static void child_goes_with_parent(void)
{
    Object *parent = thing_new("parent ");
    Object *child = child_of(parent, "child", "child ");

    g_assert(child->ref == 1);
    g_assert(child->parent == parent);
    object_unref(parent);
    expect_finalized("child parent ");
}

static void kept_child_outlives_parent(void)
{
    Object *parent = thing_new("parent ");
    Object *child = object_ref(child_of(parent, "child", "child "));

    object_unref(parent);
    expect_finalized("parent ");
    g_assert(child->parent == NULL);
    object_unparent(child);
    object_unref(child);
    expect_finalized("child ");
}

/* The order is the hash table's, whatever order they were made in. */
static void children_in_order_of_the_table(void)
{
    const char *names[] = { "A[0]", "B[0]", "A0[0]", "container" };

    for (int turn = 0; turn < 2; turn++) {
        Object *parent = thing_new("parent ");
        GHashTableIter walk;
        gpointer key;
        char expected[128] = "";

        for (int i = 0; i < 4; i++) {
            const char *name = names[turn ? 3 - i : i];
            child_of(parent, name, name);
        }
        g_hash_table_iter_init(&walk, parent->properties);
        while (g_hash_table_iter_next(&walk, &key, NULL)) {
            if (strcmp(key, "number") != 0) {
                append(expected, key);
            }
        }
        append(expected, "parent ");
        object_unref(parent);
        expect_finalized(expected);
    }
}

static void numbered_names(void)
{
    Object *parent = thing_new("parent ");
    Object *first = child_of(parent, "r[*]", "0 ");
    Object *second = child_of(parent, "r[*]", "1 ");

    g_assert_cmpstr(object_get_canonical_path_component(first), ==, "r[0]");
    g_assert_cmpstr(object_get_canonical_path_component(second), ==, "r[1]");
    object_unparent(first);
    expect_finalized("0 ");
    g_assert_cmpstr(object_get_canonical_path_component(child_of(parent, "r[*]", "2 ")), ==, "r[0]");
    object_unparent(second);
    expect_finalized("1 ");
    object_unref(parent);
    expect_finalized("2 parent ");
}

static void unparent_in_any_state(void)
{
    Object *parent = thing_new("parent ");
    Object *child = object_ref(child_of(parent, "child", "child "));

    object_unparent(parent);
    object_unparent(child);
    g_assert(child->ref == 1 && child->parent == NULL);
    g_assert(object_property_find(parent, "child") == NULL);
    object_unparent(child);
    object_property_add_child(parent, "again", child);
    object_unref(child);
    object_property_del(parent, "again");
    expect_finalized("child ");
    object_unref(parent);
    expect_finalized("parent ");
}

static void classes(void)
{
    Object *obj = object_new(TYPE_DERIVED);
    ThingClass *klass = THING_GET_CLASS(obj);
    Object *speaking = object_new(TYPE_SPEAKING);

    g_assert(klass->answer() == 2 && klass->set_by_base == 7);
    g_assert(DERIVED(obj)->inits == 1);
    g_assert(object_dynamic_cast(obj, TYPE_THING) == obj);
    g_assert(object_dynamic_cast(obj, TYPE_SPEAKER) == NULL);
    g_assert_cmpstr(object_get_typename(obj), ==, TYPE_DERIVED);
    g_assert_cmpstr(SPEAKER_GET_CLASS(speaking)->say(), ==, "hello");
    g_assert(object_class_is_abstract(object_class_by_name(TYPE_SPEAKER)));
    THING(obj)->name = "base ";
    object_unref(obj);
    expect_finalized("embedded derived:base ");
    object_unref(speaking);
    expect_finalized("?");
}

static void links(void)
{
    Object *from = child_of(object_get_objects_root(), "from", "from ");
    Object *to = child_of(object_get_objects_root(), "to", "to ");
    Error *err = NULL;
    char *path;

    object_property_add_link(from, "friend", TYPE_THING, &THING(from)->friend, object_property_allow_set_link,
                             OBJ_PROP_LINK_STRONG);
    object_property_set_link(from, "friend", to, &error_abort);
    g_assert(THING(from)->friend == to && to->ref == 2);
    g_assert(object_property_get_link(from, "friend", &error_abort) == to);
    g_assert(object_resolve_path("/objects/from/friend", NULL) == to);
    path = object_get_canonical_path(to);
    g_assert_cmpstr(path, ==, "/objects/to");
    g_free(path);
    g_assert(!object_property_set_str(from, "friend", "/objects", &err));
    error_free_or_abort(&err);
    object_unparent(to);
    expect_finalized("");
    object_unparent(from);
    expect_finalized("to from ");
}

static void values(void)
{
    Object *obj = object_new_with_props(TYPE_THING, object_get_objects_root(), "it", &error_abort, "number", "12", NULL);
    Error *err = NULL;
    char *text;

    g_assert(object_property_get_uint(obj, "number", &error_abort) == 12);
    object_property_set_uint(obj, "number", 13, &error_abort);
    g_assert(THING(obj)->number == 13);
    g_assert(!object_property_set_uint(obj, "number", UINT64_MAX, &err));
    error_free_or_abort(&err);
    g_assert(!object_property_set_bool(obj, "none", true, &err));
    error_free_or_abort(&err);
    text = object_property_get_str(obj, "type", &error_abort);
    g_assert_cmpstr(text, ==, TYPE_THING);
    g_free(text);
    object_unparent(obj);
    expect_finalized("?");
}

typedef struct Item {
    struct rcu_head rcu;
    int number;
    QTAILQ_ENTRY(Item) link;
} Item;

static Item *queued_by_callback;

static void item_free(Item *item)
{
    g_assert(bql_locked());
    finalized[strlen(finalized)] = (char)('0' + item->number);
    if (queued_by_callback) {
        call_rcu(queued_by_callback, item_free, rcu);
        queued_by_callback = NULL;
    }
    g_free(item);
}

static Item *item_new(int number)
{
    Item *item = g_new0(Item, 1);

    item->number = number;
    return item;
}

static void grace_periods(void)
{
    queued_by_callback = item_new(3);
    call_rcu(item_new(1), item_free, rcu);
    call_rcu(item_new(2), item_free, rcu);
    WITH_RCU_READ_LOCK_GUARD() {
        drain_call_rcu();
        expect_finalized("");
    }
    bql_unlock();
    drain_call_rcu();
    g_assert(!bql_locked());
    bql_lock();
    expect_finalized("12");
    drain_call_rcu();
    expect_finalized("3");
}

static void queues(void)
{
    QTAILQ_HEAD(, Item) head = QTAILQ_HEAD_INITIALIZER(head);
    Item items[4] = { { .number = 0 }, { .number = 1 }, { .number = 2 }, { .number = 3 } };
    Item *item, *next;
    int seen = 0;

    QTAILQ_INSERT_TAIL(&head, &items[2], link);
    QTAILQ_INSERT_HEAD(&head, &items[0], link);
    QTAILQ_INSERT_BEFORE(&items[2], &items[1], link);
    QTAILQ_INSERT_AFTER(&head, &items[2], &items[3], link);
    g_assert(QTAILQ_LAST(&head) == &items[3] && QTAILQ_PREV(&items[2], link) == &items[1]);
    g_assert(QTAILQ_PREV(&items[0], link) == NULL);
    QTAILQ_FOREACH(item, &head, link) {
        g_assert(item->number == seen++);
    }
    QTAILQ_FOREACH_REVERSE(item, &head, link) {
        g_assert(item->number == --seen);
    }
    QTAILQ_FOREACH_SAFE(item, &head, link, next) {
        QTAILQ_REMOVE(&head, item, link);
        g_assert(!QTAILQ_IN_USE(item, link));
    }
    g_assert(QTAILQ_EMPTY(&head) && QTAILQ_LAST(&head) == NULL);
}

static void misuse(const char *what)
{
    Object *a = thing_new("a "), *b = thing_new("b ");
    Object on_stack;

    if (!strcmp(what, "second-parent")) {
        object_property_add_child(a, "c", b);
        object_property_add_child(a, "d", b);
    } else if (!strcmp(what, "same-name")) {
        object_property_add_child(a, "c", b);
        object_property_add_child(a, "c", thing_new("d "));
    } else if (!strcmp(what, "unref-child")) {
        object_property_add_child(a, "c", b);
        object_unref(b);
        object_unref(b);
    } else if (!strcmp(what, "unref-twice")) {
        object_initialize(&on_stack, sizeof(on_stack), TYPE_CONTAINER);
        object_unref(&on_stack);
        object_unref(&on_stack);
    } else if (!strcmp(what, "abstract")) {
        object_new(TYPE_SPEAKER);
    } else if (!strcmp(what, "too-small")) {
        object_initialize(&on_stack, sizeof(on_stack), TYPE_THING);
    } else if (!strcmp(what, "cast")) {
        DERIVED(a);
    } else if (!strcmp(what, "lock")) {
        bql_lock();
        bql_lock();
    }
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        misuse(argv[1]);
        return 0;
    }
    without_children();
    child_goes_with_parent();
    kept_child_outlives_parent();
    children_in_order_of_the_table();
    numbered_names();
    unparent_in_any_state();
    classes();
    links();
    values();
    grace_periods();
    queues();
    puts("all right");
    return 0;
}
