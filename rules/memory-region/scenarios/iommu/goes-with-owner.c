/*
 * The region of an IOMMU goes with its owner.
 *
 * contract: required
 * because: Destruction of a region happens when the object that owns it dies (docs/devel/memory.rst,
 * Region lifecycle).
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

    owner_unref(d1);
    lifecycle_expect(!lifecycle_region_lives(mr));
}
