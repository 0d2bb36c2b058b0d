/*
 * A reader still uses RAM whose region was finalized in its section.
 *
 * contract: tolerated
 * because: RAM blocks are freed after a grace period, but the documentation promises nothing to readers
 * without a reference.
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d1 = owner_new("D1");
    MemoryRegion *a = region_init_ram(d1, "A", 0x1000);
    char *host;

    rcu_read_lock();
    host = memory_region_get_ram_ptr(a);
    owner_unref(d1);
    lifecycle_expect(owner_gone(0));
    host[0] = 1;
    rcu_read_unlock();
}
