/*
 * Two notifiers are registered and unregistered in the order in which they came.
 *
 * contract: required
 * because: A notifier is registered and unregistered by its caller
 * (memory_region_unregister_iommu_notifier); a region goes when the object that owns it dies.
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
    IOMMUNotifier first, second;

    iommu_notifier_init(&first, on_change, IOMMU_NOTIFIER_UNMAP, 0, 0xfff, 0);
    iommu_notifier_init(&second, on_change, IOMMU_NOTIFIER_MAP, 0, 0xfff, 0);
    lifecycle_expect(memory_region_register_iommu_notifier(mr, &first, &error_abort) == 0);
    lifecycle_expect(memory_region_register_iommu_notifier(mr, &second, &error_abort) == 0);
    memory_region_unregister_iommu_notifier(mr, &first);
    memory_region_unregister_iommu_notifier(mr, &second);
    owner_unref(d1);
    lifecycle_expect(owner_gone(0));
}
