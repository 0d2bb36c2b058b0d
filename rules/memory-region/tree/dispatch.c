/*
 * Dispatch tables, in place of those of physmem.c.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a lifetime sees of a table is kept: it holds a reference on the region of every section, from when the
 * section is added until the table is freed with its view. Nothing is looked up in it.
 */
#include "qemu/osdep.h"
#include "qemu/qemu-print.h"
#if __has_include("exec/memory.h")
#include "exec/memory.h"
#else
#include "system/memory.h"
#endif
#if __has_include("exec/memory-internal.h")
#include "exec/memory-internal.h"
#else
#include "system/memory-internal.h"
#endif

struct AddressSpaceDispatch {
    MemoryRegionSection *sections;
    unsigned sections_nb;
};

AddressSpaceDispatch *address_space_dispatch_new(FlatView *fv)
{
    return g_new0(AddressSpaceDispatch, 1);
}

/* There is no tree to fold. */
void address_space_dispatch_compact(AddressSpaceDispatch *d)
{
}

void address_space_dispatch_free(AddressSpaceDispatch *d)
{
    while (d->sections_nb > 0) {
        memory_region_unref(d->sections[--d->sections_nb].mr);
    }
    g_free(d->sections);
    g_free(d);
}

void flatview_add_to_dispatch(FlatView *fv, MemoryRegionSection *section)
{
    AddressSpaceDispatch *d = fv->dispatch;

    d->sections = g_renew(MemoryRegionSection, d->sections, d->sections_nb + 1);
    d->sections[d->sections_nb++] = *section;
    memory_region_ref(section->mr);
}

/* A line for each section, behind one for the table. */
void mtree_print_dispatch(AddressSpaceDispatch *d, MemoryRegion *root)
{
    unsigned i;

    qemu_printf("  Dispatch of %s\n", memory_region_name(root));
    for (i = 0; i < d->sections_nb; i++) {
        qemu_printf("    #%u %s\n", i, memory_region_name(d->sections[i].mr));
    }
}
