/*
 * RAM is mapped through an IOMMU: the mapping holds the RAM of the one device, and not the IOMMU of the other.
 *
 * contract: required
 * because: What is mapped stays until it is unmapped, and whoever maps it must unmap it (address_space_map,
 * address_space_unmap): a mapping is a use of the region, whose owner it keeps alive.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

#define TYPE_TRANSLATOR "lifecycle-translator"

static IOMMUMemoryRegion translator;
static AddressSpace *target;

static IOMMUTLBEntry translate(IOMMUMemoryRegion *iommu, hwaddr addr, IOMMUAccessFlags flag, int index)
{
    return (IOMMUTLBEntry) {
        .target_as = target,
        .iova = addr & ~0xfffULL,
        .translated_addr = addr & ~0xfffULL,
        .addr_mask = 0xfff,
        .perm = IOMMU_RW,
    };
}

static void translator_class_init(ObjectClass *class, LifecycleClassData data)
{
    IOMMU_MEMORY_REGION_CLASS(class)->translate = translate;
}

static const TypeInfo translator_info = {
    .name = TYPE_TRANSLATOR,
    .parent = TYPE_IOMMU_MEMORY_REGION,
    .instance_size = sizeof(IOMMUMemoryRegion),
    .class_init = translator_class_init,
};

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *memory = region_init(d0, "A", 0x10000);
    MemoryRegion *root = region_init(d0, "B", 0x10000);
    MemoryRegion *ram = region_init_ram(d2, "C", 0x1000);
    hwaddr length = 0x1000;
    AddressSpace *as;
    void *mapped;

    type_register_static(&translator_info);
    memory_region_init_iommu(&translator, sizeof(translator), TYPE_TRANSLATOR, OBJECT(d1), "I", 0x10000);
    region_track(MEMORY_REGION(&translator), d1, "I");
    target = space_new(memory, "memory");
    as = space_new(root, "space");
    memory_region_add_subregion(memory, 0x3000, ram);
    memory_region_add_subregion(root, 0, MEMORY_REGION(&translator));
    drain();
    mapped = address_space_map(as, 0x3000, &length, true, MEMTXATTRS_UNSPECIFIED);
    lifecycle_expect(mapped == memory_region_get_ram_ptr(ram) && length == 0x1000);
    memory_region_del_subregion(root, MEMORY_REGION(&translator));
    owner_unref(d1);
    memory_region_del_subregion(memory, ram);
    owner_unref(d2);
    drain();
    lifecycle_expect(owner_gone(1) && !owner_gone(2));
    address_space_unmap(as, mapped, length, true, length);
    lifecycle_expect(owner_gone(2));
    space_destroy(as);
    space_destroy(target);
    owner_unref(d0);
}
