/*
 * A listener cannot log: those that were told before are told that nothing starts.
 *
 * contract: required
 * because: Where log_global_start of one listener fails, the caller gets the error and nothing is logged
 * (memory_global_dirty_log_start).
 * needs: memory_global_dirty_log_do_start
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

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

static bool on_start(MemoryListener *listener, Error **errp)
{
    started++;
    return true;
}

static void on_stop(MemoryListener *listener)
{
    started--;
}

static bool on_failing_start(MemoryListener *listener, Error **errp)
{
    error_setg(errp, "no bitmap");
    return false;
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = translator_init(d1);
    AddressSpace *as = space_new(root, "space");
    MemoryListener first = { .log_global_start = on_start, .log_global_stop = on_stop, .priority = 1 };
    MemoryListener second = { .log_global_start = on_failing_start, .priority = 2 };
    Error *err = NULL;

    memory_region_add_subregion(root, 0, b);
    memory_listener_register(&first, as);
    memory_listener_register(&second, as);
    lifecycle_expect(!memory_global_dirty_log_start(GLOBAL_DIRTY_MIGRATION, &err));
    lifecycle_expect(err != NULL && started == 0);
    error_free(err);
    lifecycle_expect(!memory_region_is_logging(b, DIRTY_MEMORY_MIGRATION));
    memory_listener_unregister(&second);
    memory_listener_unregister(&first);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    space_destroy(as);
    owner_unref(d0);
}
