/*
 * RAM that the caller keeps is his again when the region is gone.
 *
 * contract: required
 * because: memory_region_init_ram_ptr maps memory that the caller provides.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_storage(d1);
    char *host = g_malloc0(0x100);

    memory_region_init_ram_ptr(a, OBJECT(d1), "A", 0x100, host);
    region_track(a, d1, "A");
    lifecycle_expect(memory_region_get_ram_ptr(a) == host);
    owner_unref(d1);
    drain();
    host[0] = 1;
    g_free(host);
}
