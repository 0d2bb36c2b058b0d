/*
 * A listener registers a notifier where an IOMMU comes into sight, and takes it back where it goes.
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

static IOMMUNotifier notifier;

/* An IOMMU came into sight. */
static void on_add(MemoryListener *listener, MemoryRegionSection *section)
{
    memory_region_ref(section->mr);
    memory_region_register_iommu_notifier(section->mr, &notifier, &error_abort);
}

/* It went out of sight. */
static void on_del(MemoryListener *listener, MemoryRegionSection *section)
{
    memory_region_unregister_iommu_notifier(section->mr, &notifier);
    memory_region_unref(section->mr);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = translator_init(d1);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .region_add = on_add, .region_del = on_del };

    iommu_notifier_init(&notifier, on_change, IOMMU_NOTIFIER_UNMAP, 0, 0xfff, 0);
    memory_listener_register(&listener, as);
    memory_region_add_subregion(root, 0, b);
    owner_unref(d1);
    memory_region_del_subregion(root, b);
    drain();
    lifecycle_expect(owner_gone(1));
    memory_listener_unregister(&listener);
    space_destroy(as);
    owner_unref(d0);
}
