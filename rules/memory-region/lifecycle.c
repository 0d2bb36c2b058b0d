/*
 * Owners, regions and the register of both: what scenarios are written with. Only the public API is used, so
 * that the same file runs on the embedded model and on the files of a real tree.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

/* What the lock was called before 9.0. */
#ifdef qemu_mutex_lock_iothread
#define bql_lock() qemu_mutex_lock_iothread()
#define bql_locked() qemu_mutex_iothread_locked()
#endif

#define TYPE_OWNER "lifecycle-owner"
#define OWNERS 16
#define REGIONS 64

/*
 * An address that nobody takes for a pointer: what only the register knows of has been lost by the code under
 * test, and must be seen to be lost.
 */
typedef uintptr_t Hidden;

static Hidden hide(const void *object)
{
    return ~(uintptr_t)object;
}

static void *reveal(Hidden hidden)
{
    return (void *)~hidden;
}

/* What is remembered of an owner, also when it is gone. */
typedef struct OwnerRecord {
    const char *name;
    Hidden owner;
    unsigned held;
    bool finalized;
} OwnerRecord;

/* What is remembered of a region; `name` is the property by which its owner holds it. */
typedef struct RegionRecord {
    const char *name;
    Hidden mr;
    Hidden owner;
    void (*destructor)(MemoryRegion *mr);
    bool finalized;
} RegionRecord;

static OwnerRecord owners[OWNERS];
static unsigned owners_nb;
static RegionRecord regions[REGIONS];
static unsigned regions_nb;
static MemoryRegion *toggled;

/* Counts the owner's end. */
static void owner_finalize(Object *obj)
{
    Owner *owner = (Owner *)obj;
    OwnerRecord *record = &owners[owner->number];

    invariants_at_finalize(obj);
    if (record->finalized) {
        lifecycle_fail("double-free", "%s is finalized twice", record->name);
    }
    record->finalized = true;
    lifecycle_note("finalized %s", record->name);
    if (owner->at_finalize) {
        owner->at_finalize(owner);
    }
}

static const TypeInfo owner_info = {
    .name = TYPE_OWNER,
    .parent = TYPE_OBJECT,
    .instance_size = sizeof(Owner),
    .instance_finalize = owner_finalize,
};

/* Registers the type of owners. */
static void lifecycle_register_types(void)
{
    type_register_static(&owner_info);
}

type_init(lifecycle_register_types)

/* The record of a region, or NULL. */
static RegionRecord *region_record(const MemoryRegion *mr)
{
    Hidden wanted = hide(mr);
    unsigned i;

    for (i = 0; i < regions_nb; i++) {
        if (regions[i].mr == wanted && !regions[i].finalized) {
            return &regions[i];
        }
    }
    return NULL;
}

/* Stands before a region's own destructor: every finalize calls it once, and here it is counted. */
static void region_destructor(MemoryRegion *mr)
{
    RegionRecord *record = region_record(mr);

    if (!record) {
        lifecycle_fail("double-free", "a region is finalized twice");
    }
    invariants_at_finalize(OBJECT(mr));
    record->finalized = true;
    lifecycle_note("finalized region %s", record->name);
    record->destructor(mr);
}

MemoryRegion *region_track(MemoryRegion *mr, Owner *owner, const char *name)
{
    RegionRecord *record = &regions[regions_nb++];

    assert(regions_nb <= REGIONS);
    *record = (RegionRecord) {
        .name = name,
        .mr = hide(mr),
        .owner = hide(owner),
        .destructor = mr->destructor,
    };
    mr->destructor = region_destructor;
    lifecycle_name(mr, "%s", name);
    return mr;
}

MemoryRegion *region_storage(Owner *owner)
{
    assert(owner->used < OWNER_REGIONS);
    return &owner->regions[owner->used++];
}

Owner *owner_new(const char *name)
{
    Owner *owner = (Owner *)object_new(TYPE_OWNER);

    assert(owners_nb < OWNERS);
    owner->number = owners_nb;
    owners[owners_nb++] = (OwnerRecord) { .name = name, .owner = hide(owner), .held = 1 };
    lifecycle_name(owner, "%s", name);
    return owner;
}

void owner_ref(Owner *owner)
{
    owners[owner->number].held++;
    object_ref(OBJECT(owner));
}

void owner_unref(Owner *owner)
{
    /* What is wrong now may be gone with the owner. */
    invariants_at_end();
    owner_unref_inside(owner);
}

void owner_unref_inside(Owner *owner)
{
    owners[owner->number].held--;
    object_unref(OBJECT(owner));
}

void owner_at_finalize(Owner *owner, void (*hook)(Owner *owner))
{
    owner->at_finalize = hook;
}

bool owner_gone(unsigned number)
{
    return owners[number].finalized;
}

MemoryRegion *region_init(Owner *owner, const char *name, uint64_t size)
{
    MemoryRegion *mr = region_storage(owner);

    memory_region_init(mr, OBJECT(owner), name, size);
    return region_track(mr, owner, name);
}

/* Registers read as 0. */
static uint64_t quiet_read(void *opaque, hwaddr addr, unsigned size)
{
    return 0;
}

/* Writes do nothing. */
static void quiet_write(void *opaque, hwaddr addr, uint64_t data, unsigned size)
{
}

const MemoryRegionOps region_quiet_ops = {
    .read = quiet_read,
    .write = quiet_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
};

MemoryRegion *region_init_io(Owner *owner, const char *name, uint64_t size)
{
    MemoryRegion *mr = region_storage(owner);

    memory_region_init_io(mr, OBJECT(owner), &region_quiet_ops, owner, name, size);
    return region_track(mr, owner, name);
}

MemoryRegion *region_init_ram(Owner *owner, const char *name, uint64_t size)
{
    MemoryRegion *mr = region_storage(owner);

    memory_region_init_ram_nomigrate(mr, OBJECT(owner), name, size, &error_abort);
    return region_track(mr, owner, name);
}

MemoryRegion *region_init_alias(Owner *owner, const char *name, MemoryRegion *target, uint64_t size)
{
    MemoryRegion *mr = region_storage(owner);

    memory_region_init_alias(mr, OBJECT(owner), name, target, 0, size);
    return region_track(mr, owner, name);
}

MemoryRegion *region_new_unowned(void)
{
    MemoryRegion *mr = g_new0(MemoryRegion, 1);

    memory_region_init(mr, NULL, NULL, 0x1000);
    return region_track(mr, NULL, "(noname)");
}

void region_free(MemoryRegion *mr)
{
    object_unref(OBJECT(mr));
    g_free(mr);
}

void topology_change(void)
{
    if (!toggled) {
        toggled = g_new0(MemoryRegion, 1);
        memory_region_init(toggled, NULL, NULL, 0x1000);
    }
    memory_region_set_enabled(toggled, !toggled->enabled);
}

AddressSpace *space_new(MemoryRegion *root, const char *name)
{
    AddressSpace *as = g_new0(AddressSpace, 1);

    address_space_init(as, root, name);
    return as;
}

void space_destroy(AddressSpace *as)
{
    address_space_destroy(as);
    topology_change();
    drain();
    g_free(as);
}

void drain(void)
{
    drain_call_rcu();
}

/* An address space, its view and what that holds go one round after the other. */
#define ROUNDS 4

void settle(void)
{
    unsigned i;

    for (i = 0; i < ROUNDS; i++) {
        drain();
    }
}

Owner *lifecycle_living_owner(unsigned index)
{
    unsigned i;

    for (i = 0; i < owners_nb; i++) {
        if (!owners[i].finalized && index-- == 0) {
            return reveal(owners[i].owner);
        }
    }
    return NULL;
}

MemoryRegion *lifecycle_living_region(unsigned index)
{
    unsigned i;

    for (i = 0; i < regions_nb; i++) {
        if (!regions[i].finalized && index-- == 0) {
            return reveal(regions[i].mr);
        }
    }
    return NULL;
}

Owner *lifecycle_region_owner(const MemoryRegion *mr)
{
    RegionRecord *record = region_record(mr);

    return record ? reveal(record->owner) : NULL;
}

bool lifecycle_owner_lives(const Owner *owner)
{
    Hidden wanted = hide(owner);
    unsigned i;

    for (i = 0; i < owners_nb; i++) {
        if (owners[i].owner == wanted) {
            return !owners[i].finalized;
        }
    }
    return false;
}

bool lifecycle_region_lives(const MemoryRegion *mr)
{
    return mr == toggled || region_record(mr) != NULL;
}

const char *lifecycle_region_name(const MemoryRegion *mr)
{
    RegionRecord *record = region_record(mr);

    return record ? record->name : "a finalized region";
}

const char *lifecycle_owner_name(const Owner *owner)
{
    return owners[owner->number].name;
}

unsigned lifecycle_held(const Owner *owner)
{
    return owners[owner->number].held;
}

/* Ends with `leak` when an owner or a region is still there. */
static void report_leaks(void)
{
    Owner *owner = lifecycle_living_owner(0);
    MemoryRegion *mr = lifecycle_living_region(0);

    if (owner) {
        lifecycle_fail("leak", "%s is never finalized: %u reference%s left", lifecycle_owner_name(owner),
                       (unsigned)OBJECT(owner)->ref, OBJECT(owner)->ref == 1 ? " is" : "s are");
    }
    if (mr) {
        lifecycle_fail("leak", "region %s is never finalized", lifecycle_region_name(mr));
    }
}

void lifecycle_prepare(void)
{
    object_class_by_name(TYPE_OWNER);
    object_class_by_name(TYPE_MEMORY_REGION);
}

void lifecycle_run(void)
{
    if (!bql_locked()) {
        bql_lock();
    }
    scenario();
    settle();
    invariants_at_end();
    report_leaks();
    lifecycle_note("end");
}

/* A scenario may stand behind this in one file. */
#undef OWNERS
#undef REGIONS
