/*
 * Much of the API that a test of a device uses: classes and interfaces, properties, errors, children, guest RAM,
 * aliases, listeners, a transaction, lookups and registers.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/main-loop.h"
#include "qemu/module.h"
#include "qemu/rcu.h"
#include "qom/object.h"
#include "exec/memory.h"
#include "exec/address-spaces.h"
#include "exec/ramlist.h"

#define TYPE_WORKER "test-worker"
#define TYPE_PLAIN "test-plain"
#define TYPE_SPECIAL "test-special"

typedef struct Plain {
    Object parent_obj;
    MemoryRegion registers;
    MemoryRegion ram;
    MemoryRegion window;
    bool flag;
    Object *peer;
} Plain;

typedef struct PlainClass {
    ObjectClass parent_class;
    int (*work)(void);
} PlainClass;

DECLARE_OBJ_CHECKERS(Plain, PlainClass, PLAIN, TYPE_PLAIN)

static int plain_work(void)
{
    return 1;
}

static int special_work(void)
{
    return 2;
}

static uint64_t registers_read(void *opaque, hwaddr addr, unsigned size)
{
    printf("read %d, %u bytes\n", (int)addr, size);
    return 42;
}

static void registers_write(void *opaque, hwaddr addr, uint64_t data, unsigned size)
{
    printf("write %d at %d\n", (int)data, (int)addr);
}

static const MemoryRegionOps registers_ops = {
    .read = registers_read,
    .write = registers_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = { .min_access_size = 1, .max_access_size = 8 },
    .impl = { .min_access_size = 1, .max_access_size = 4 },
};

static void set_flag(Object *obj, bool value, Error **errp)
{
    if (!value) {
        error_setg(errp, "%s stays set", "the flag");
        return;
    }
    PLAIN(obj)->flag = value;
}

static void plain_init(Object *obj)
{
    Plain *p = PLAIN(obj);

    memory_region_init_io(&p->registers, obj, &registers_ops, p, "registers", 0x100);
    memory_region_init_ram_nomigrate(&p->ram, obj, "ram", 0x2000, &error_abort);
    memory_region_init_alias(&p->window, obj, "window", &p->ram, 0x1000, 0x1000);
    object_property_add_bool(obj, "flag", NULL, set_flag);
    object_property_add_link(obj, "peer", TYPE_PLAIN, &p->peer, object_property_allow_set_link,
                             OBJ_PROP_LINK_STRONG);
}

static void plain_finalize(Object *obj)
{
    printf("finalized %s\n", object_get_typename(obj));
}

static void plain_class_init(ObjectClass *oc, void *data)
{
    PLAIN_CLASS(oc)->work = plain_work;
}

static void special_class_init(ObjectClass *oc, void *data)
{
    PLAIN_CLASS(oc)->work = special_work;
}

/* Class data is const from 10.1 on. */
#define CLASS_INIT(function) ((__typeof__(((TypeInfo *)0)->class_init))(function))

static const TypeInfo types[] = {
    { .name = TYPE_WORKER, .parent = TYPE_INTERFACE, .class_size = sizeof(InterfaceClass) },
    {
        .name = TYPE_PLAIN,
        .parent = TYPE_OBJECT,
        .instance_size = sizeof(Plain),
        .class_size = sizeof(PlainClass),
        .instance_init = plain_init,
        .instance_finalize = plain_finalize,
        .class_init = CLASS_INIT(plain_class_init),
    },
    {
        .name = TYPE_SPECIAL,
        .parent = TYPE_PLAIN,
        .class_init = CLASS_INIT(special_class_init),
        .interfaces = (InterfaceInfo[]) { { TYPE_WORKER }, {} },
    },
};

DEFINE_TYPES(types)

static void on_add(MemoryListener *listener, MemoryRegionSection *section)
{
    printf("+%s at %x\n", memory_region_name(section->mr), (int)section->offset_within_address_space);
}

static void on_del(MemoryListener *listener, MemoryRegionSection *section)
{
    printf("-%s\n", memory_region_name(section->mr));
}

static int print_path(Object *child, void *opaque)
{
    g_autofree char *path = object_get_canonical_path(child);

    printf("%s\n", path);
    return 0;
}

static void use_errors(Object *obj)
{
    Error *err = NULL;

    set_flag(obj, false, &err);
    error_prepend(&err, "%d: ", 7);
    puts(error_get_pretty(err));
    error_free(err);
}

static void use_registers(Plain *p)
{
    uint64_t value = 0;
    MemTxResult result;

    memory_region_dispatch_write(&p->registers, 4, 77, MO_32, MEMTXATTRS_UNSPECIFIED);
    result = memory_region_dispatch_read(&p->registers, 8, &value, MO_32, MEMTXATTRS_UNSPECIFIED);
    printf("%d: %d\n", (int)result, (int)value);
}

static void use_ram(MemoryRegion *system)
{
    MemoryRegionSection found = memory_region_find(system, 0x10080, 4);
    uint8_t *host = memory_region_get_ram_ptr(found.mr);

    host[found.offset_within_region] = 9;
    printf("%s at %x\n", memory_region_name(found.mr), (int)found.offset_within_region);
    memory_region_unref(found.mr);
}

int main(int argc, char **argv)
{
    MemoryListener listener = { .region_add = on_add, .region_del = on_del };
    Object *obj;
    Plain *p;
    MemoryRegion *system;

    module_call_init(MODULE_INIT_QOM);
    bql_lock();
    obj = object_new(TYPE_SPECIAL);
    p = PLAIN(obj);
    printf("%d, %s\n", PLAIN_GET_CLASS(p)->work(), object_dynamic_cast(obj, TYPE_WORKER) ? "works" : "idles");
    object_property_add_child(object_get_objects_root(), "special", obj);
    object_child_foreach(object_get_objects_root(), print_path, NULL);
    use_errors(obj);

    system = get_system_memory();
    memory_listener_register(&listener, &address_space_memory);
    memory_region_transaction_begin();
    memory_region_add_subregion(system, 0x1000, &p->registers);
    memory_region_add_subregion(system, 0x10000, &p->window);
    memory_region_transaction_commit();
    use_registers(p);
    use_ram(system);
    memory_region_del_subregion(system, &p->registers);
    memory_region_del_subregion(system, &p->window);
    memory_listener_unregister(&listener);
    object_unparent(obj);
    drain_call_rcu();
    drain_call_rcu();
    object_unref(obj);
    drain_call_rcu();
    drain_call_rcu();
    if (argc > 1) {
        set_flag(object_new(TYPE_PLAIN), false, &error_abort);
    }
    return 3;
}
