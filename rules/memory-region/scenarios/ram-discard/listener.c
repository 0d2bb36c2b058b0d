/*
 * A listener is told what is populated in visible RAM, until it is unregistered.
 *
 * contract: required
 * because: A listener is told of populated parts when it is registered and of discarded ones when it is
 * unregistered (RamDiscardManagerClass).
 * needs: RamDiscardManager, memory_region_section_new_copy
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

#define TYPE_MANAGER "lifecycle-manager"

static RamDiscardListener *registered;

/* Tells a new listener that all is populated. */
static void manager_register(RamDiscardManager *rdm, RamDiscardListener *rdl, MemoryRegionSection *section)
{
    rdl->section = memory_region_section_new_copy(section);
    registered = rdl;
    rdl->notify_populate(rdl, rdl->section);
}

/* Tells it that nothing is, and forgets it. */
static void manager_unregister(RamDiscardManager *rdm, RamDiscardListener *rdl)
{
    rdl->notify_discard(rdl, rdl->section);
    registered = NULL;
    memory_region_section_free_copy(rdl->section);
}

/* What the manager implements. */
static void manager_class_init(ObjectClass *klass, LifecycleClassData data)
{
    RamDiscardManagerClass *rdmc = RAM_DISCARD_MANAGER_CLASS(klass);

    rdmc->register_listener = manager_register;
    rdmc->unregister_listener = manager_unregister;
}

static const TypeInfo manager_info = {
    .name = TYPE_MANAGER,
    .parent = TYPE_OBJECT,
    .instance_size = sizeof(Object),
    .class_init = manager_class_init,
    .interfaces = (InterfaceInfo[]) { { TYPE_RAM_DISCARD_MANAGER }, { NULL } },
};

/* A manager with one reference, the caller's. */
static Object *manager_new(void)
{
    type_register_static(&manager_info);
    return object_new(TYPE_MANAGER);
}

static int populated;

/* A part will be populated. */
static int on_populate(RamDiscardListener *rdl, MemoryRegionSection *section)
{
    populated++;
    return 0;
}

/* A part was discarded. */
static void on_discard(RamDiscardListener *rdl, MemoryRegionSection *section)
{
    populated--;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x1000);
    RamDiscardManager *manager = RAM_DISCARD_MANAGER(manager_new());
    AddressSpace *as = space_new(root, "space");
    RamDiscardListener listener;
    MemoryRegionSection section;

    memory_region_set_ram_discard_manager(b, manager);
    memory_region_add_subregion(root, 0, b);
    section = memory_region_find(root, 0, 0x1000);
    ram_discard_listener_init(&listener, on_populate, on_discard, true);
    ram_discard_manager_register_listener(memory_region_get_ram_discard_manager(b), &listener, &section);
    memory_region_unref(section.mr);
    lifecycle_expect(populated == 1 && registered == &listener);
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    drain();
    lifecycle_expect(!owner_gone(1));
    ram_discard_manager_unregister_listener(manager, &listener);
    lifecycle_expect(populated == 0 && registered == NULL);
    drain();
    lifecycle_expect(owner_gone(1));
    object_unref(OBJECT(manager));
    space_destroy(as);
    owner_unref(d0);
}
