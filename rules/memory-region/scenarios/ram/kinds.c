/*
 * Every region with RAM says what it is, and has its memory.
 *
 * contract: required
 * because: What a region is follows from how it was made (memory_region_init_ram_ptr, memory_region_init_rom_nomigrate,
 * memory_region_init_rom_device_nomigrate), for as long as it lives.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_storage(d1);
    MemoryRegion *b = region_storage(d1);
    MemoryRegion *c = region_storage(d1);
    char *host = g_malloc0(0x100);

    memory_region_init_ram_ptr(a, OBJECT(d1), "A", 0x100, host);
    region_track(a, d1, "A");
    lifecycle_expect(memory_region_is_ram(a) && !a->readonly && !memory_region_is_romd(a));
    lifecycle_expect(memory_region_get_ram_ptr(a) == host);
    memory_region_init_rom_nomigrate(b, OBJECT(d1), "B", 0x100, &error_abort);
    region_track(b, d1, "B");
    lifecycle_expect(memory_region_is_ram(b) && b->readonly && !memory_region_is_romd(b));
    lifecycle_expect(memory_region_get_ram_ptr(b) != NULL);
    memory_region_init_rom_device_nomigrate(c, OBJECT(d1), &region_quiet_ops, d1, "C", 0x100, &error_abort);
    region_track(c, d1, "C");
    lifecycle_expect(!memory_region_is_ram(c) && memory_region_is_romd(c));
    lifecycle_expect(c->ops == &region_quiet_ops && memory_region_get_ram_ptr(c) != NULL);
    memory_region_rom_device_set_romd(c, false);
    lifecycle_expect(!memory_region_is_romd(c));
    owner_unref(d1);
    drain();
    host[0] = 1;
    g_free(host);
}
