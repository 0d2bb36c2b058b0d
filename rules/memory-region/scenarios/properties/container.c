/*
 * The property tells where a region's container is, and nothing where there is none.
 *
 * contract: required
 * because: The container of a region is a link that can be read and followed, not written; reading takes no
 * reference, and frees what it allocates.
 * needs: memory_region_get_container
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static void expect_property(MemoryRegion *mr, const char *name, const char *value)
{
    char *text = object_property_print(OBJECT(mr), name, false, &error_abort);

    lifecycle_expect(strcmp(text, value) == 0);
    g_free(text);
}

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    Owner *d2 = owner_new("D2");
    MemoryRegion *a = region_init(d1, "A", 0x1000);
    MemoryRegion *b = region_init(d2, "B", 0x100);

    object_property_add_child(object_get_root(), "first", OBJECT(d1));
    expect_property(b, "container", "\"\"");
    memory_region_add_subregion_overlap(a, 0x200, b, 3);
    expect_property(b, "container", "\"/first/A[0]\"");
    expect_property(b, "addr", "512");
    expect_property(b, "size", "256");
    expect_property(b, "priority", "3");
    lifecycle_expect(object_resolve_path_component(OBJECT(b), "container") == OBJECT(a));
    memory_region_set_address(b, 0x400);
    expect_property(b, "addr", "1024");
    memory_region_del_subregion(a, b);
    expect_property(b, "container", "\"\"");
    lifecycle_expect(object_resolve_path_component(OBJECT(b), "container") == NULL);
    owner_unref(d2);
    lifecycle_expect(owner_gone(1));
    object_unparent(OBJECT(d1));
    owner_unref(d1);
}
