/*
 * An IOMMU refuses a notifier, which is then not registered; what it is told of are all that are.
 *
 * contract: required
 * because: Where notify_flag_changed refuses, registering fails and nothing is registered
 * (memory_region_register_iommu_notifier); the flags are those of all registered notifiers
 * (IOMMUMemoryRegionClass.notify_flag_changed).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

#define TYPE_TRANSLATOR "lifecycle-translator"

static IOMMUMemoryRegion translator;

static IOMMUNotifierFlag told;

/* It cannot tell of what is mapped. */
static int on_flags(IOMMUMemoryRegion *iommu, IOMMUNotifierFlag old_flags, IOMMUNotifierFlag new_flags, Error **errp)
{
    if (new_flags & IOMMU_NOTIFIER_MAP) {
        error_setg(errp, "what is mapped is not known");
        return -1;
    }
    told = new_flags;
    return 0;
}

static void translator_class_init(ObjectClass *oc, LifecycleClassData data)
{
    IOMMU_MEMORY_REGION_CLASS(oc)->notify_flag_changed = on_flags;
}

static const TypeInfo translator_info = {
    .name = TYPE_TRANSLATOR,
    .parent = TYPE_IOMMU_MEMORY_REGION,
    .instance_size = sizeof(IOMMUMemoryRegion),
    .class_init = translator_class_init,
};

/* A translation changed. */
static void on_change(IOMMUNotifier *notifier, IOMMUTLBEntry *entry)
{
}

/* The region of an IOMMU that belongs to an owner. */
static MemoryRegion *translator_init(Owner *owner)
{
    type_register_static(&translator_info);
    memory_region_init_iommu(&translator, sizeof(translator), TYPE_TRANSLATOR, OBJECT(owner), "I", 0x1000);
    return region_track(MEMORY_REGION(&translator), owner, "I");
}

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *mr = translator_init(d1);
    MemoryRegion *window = region_init_alias(d1, "W", mr, 0x1000);
    IOMMUNotifier accepted, refused;
    Error *err = NULL;

    iommu_notifier_init(&accepted, on_change, IOMMU_NOTIFIER_UNMAP, 0, 0xfff, 0);
    iommu_notifier_init(&refused, on_change, IOMMU_NOTIFIER_MAP, 0, 0xfff, 0);
    lifecycle_expect(memory_region_register_iommu_notifier(mr, &refused, &err) != 0 && err != NULL);
    error_free(err);
    lifecycle_expect(QLIST_EMPTY(&translator.iommu_notify) && told == IOMMU_NOTIFIER_NONE);
    lifecycle_expect(memory_region_register_iommu_notifier(mr, &accepted, &error_abort) == 0);
    lifecycle_expect(!QLIST_EMPTY(&translator.iommu_notify) && told == IOMMU_NOTIFIER_UNMAP);
    memory_region_unregister_iommu_notifier(window, &accepted);
    lifecycle_expect(QLIST_EMPTY(&translator.iommu_notify) && told == IOMMU_NOTIFIER_NONE);
    owner_unref(d1);
    lifecycle_expect(owner_gone(0));
}
