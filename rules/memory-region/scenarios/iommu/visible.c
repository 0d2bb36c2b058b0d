/*
 * The region of an IOMMU is shown by an address space and removed.
 *
 * contract: required
 * because: The owner of a region stays alive as long as the region is visible to the guest or in use;
 * afterwards it dies with its last reference, and the region with it (docs/devel/memory.rst, Region
 * lifecycle).
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
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = translator_init(d1);
    AddressSpace *as = space_new(root, "space");
    MemoryRegionSection section;

    memory_region_add_subregion(root, 0, b);
    section = memory_region_find(root, 0x10, 4);
    lifecycle_expect(section.mr == b);
    memory_region_del_subregion(root, b);
    owner_unref(d1);
    drain();
    lifecycle_expect(!owner_gone(1));
    memory_region_unref(section.mr);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
