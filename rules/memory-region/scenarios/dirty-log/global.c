/*
 * Users of the global dirty log come and go, also while the machine is paused.
 *
 * contract: required
 * because: Listeners are told when the first user comes and when the last one goes (MemoryListener.log_global_start,
 * log_global_stop); while the machine is paused stopping waits until it runs again (memory_global_dirty_log_stop).
 * needs: memory_global_dirty_log_do_start
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"
#if __has_include("system/runstate.h")
#include "system/runstate.h"
#else
#include "sysemu/runstate.h"
#endif

#define TYPE_TRANSLATOR "lifecycle-translator"

static IOMMUMemoryRegion translator;

static const TypeInfo translator_info = {
    .name = TYPE_TRANSLATOR,
    .parent = TYPE_IOMMU_MEMORY_REGION,
    .instance_size = sizeof(IOMMUMemoryRegion),
};

/* Writes through an IOMMU are logged whatever is behind it. */
static MemoryRegion *translator_init(Owner *owner)
{
    type_register_static(&translator_info);
    memory_region_init_iommu(&translator, sizeof(translator), TYPE_TRANSLATOR, OBJECT(owner), "I", 0x1000);
    return region_track(MEMORY_REGION(&translator), owner, "I");
}

static int started;
static int stopped;
static int synced;
static int logged;

static bool on_start(MemoryListener *listener, Error **errp)
{
    started++;
    return true;
}

static void on_stop(MemoryListener *listener)
{
    stopped++;
}

/* A region is logged from now on, or no longer. */
static void on_log(MemoryListener *listener, MemoryRegionSection *section, int old, int new)
{
    logged += (new >> DIRTY_MEMORY_MIGRATION & 1) - (old >> DIRTY_MEMORY_MIGRATION & 1);
}

static void on_synced(MemoryListener *listener)
{
    synced++;
}

static void pause_machine(void)
{
    runstate_set(RUN_STATE_PAUSED);
    vm_state_notify(false, RUN_STATE_PAUSED);
}

static void resume_machine(void)
{
    runstate_set(RUN_STATE_RUNNING);
    vm_state_notify(true, RUN_STATE_RUNNING);
}

/* Says that the listener was told so often, and whether what is visible is logged. */
static void expect_told(int starts, int stops)
{
    lifecycle_expect(started == starts && stopped == stops);
    lifecycle_expect(logged == starts - stops);
}

static void while_running(void)
{
    lifecycle_expect(memory_global_dirty_log_start(GLOBAL_DIRTY_MIGRATION, NULL));
    expect_told(1, 0);
    lifecycle_expect(memory_global_dirty_log_start(GLOBAL_DIRTY_MIGRATION, NULL));
    lifecycle_expect(memory_global_dirty_log_start(GLOBAL_DIRTY_DIRTY_RATE, NULL));
    expect_told(1, 0);
    memory_global_after_dirty_log_sync();
    lifecycle_expect(synced == 1);
    memory_global_dirty_log_stop(GLOBAL_DIRTY_MIGRATION);
    expect_told(1, 0);
    memory_global_dirty_log_stop(GLOBAL_DIRTY_DIRTY_RATE);
    expect_told(1, 1);
}

static void while_paused(void)
{
    lifecycle_expect(memory_global_dirty_log_start(GLOBAL_DIRTY_MIGRATION | GLOBAL_DIRTY_DIRTY_RATE, NULL));
    pause_machine();
    memory_global_dirty_log_stop(GLOBAL_DIRTY_MIGRATION);
    memory_global_dirty_log_stop(GLOBAL_DIRTY_DIRTY_RATE);
    pause_machine();
    expect_told(2, 1);
    resume_machine();
    expect_told(2, 2);
    /* One who comes back before the machine runs never went. */
    lifecycle_expect(memory_global_dirty_log_start(GLOBAL_DIRTY_MIGRATION, NULL));
    pause_machine();
    memory_global_dirty_log_stop(GLOBAL_DIRTY_MIGRATION);
    lifecycle_expect(memory_global_dirty_log_start(GLOBAL_DIRTY_MIGRATION, NULL));
    resume_machine();
    expect_told(3, 2);
    memory_global_dirty_log_stop(GLOBAL_DIRTY_MIGRATION);
    expect_told(3, 3);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = translator_init(d1);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = {
        .log_global_start = on_start,
        .log_global_stop = on_stop,
        .log_global_after_sync = on_synced,
        .log_start = on_log,
        .log_stop = on_log,
    };

    memory_region_add_subregion(root, 0, b);
    memory_listener_register(&listener, as);
    while_running();
    while_paused();
    memory_listener_unregister(&listener);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
