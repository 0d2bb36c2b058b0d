/*
 * A notifier asks for nothing.
 *
 * contract: must-assert
 * because: A notifier has flags, a range and one of the indexes of its IOMMU
 * (memory_region_register_iommu_notifier).
 * expect: assertion memory_region_register_iommu_notifier
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
    IOMMUNotifier notifier;

    iommu_notifier_init(&notifier, on_change, IOMMU_NOTIFIER_NONE, 0, 0xfff, 0);
    memory_region_register_iommu_notifier(mr, &notifier, &error_abort);
}
