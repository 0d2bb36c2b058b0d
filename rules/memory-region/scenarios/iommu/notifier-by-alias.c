/*
 * A notifier is registered by an alias of an IOMMU's region.
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
    Owner *d2 = owner_new("D2");
    MemoryRegion *mr = translator_init(d1);
    MemoryRegion *b = region_init_alias(d2, "B", mr, 0x1000);
    IOMMUNotifier notifier;

    iommu_notifier_init(&notifier, on_change, IOMMU_NOTIFIER_UNMAP, 0, 0xfff, 0);
    lifecycle_expect(memory_region_register_iommu_notifier(b, &notifier, &error_abort) == 0);
    memory_region_unregister_iommu_notifier(b, &notifier);
    owner_unref(d2);
    owner_unref(d1);
    lifecycle_expect(owner_gone(0));
}
