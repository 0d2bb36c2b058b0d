/*
 * A listener for logs comes and goes while nothing is logged.
 *
 * contract: required
 * because: log_start and log_stop are called for sections whose writes are logged from now on, or no longer
 * (MemoryListener).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static void on_log(MemoryListener *listener, MemoryRegionSection *section, int old_val, int new_val)
{
    lifecycle_fail("invariant", "logging of %s starts or stops", lifecycle_region_name(section->mr));
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Owner *d1 = owner_new("D1");
    MemoryRegion *root = region_init(d0, "A", 0x1000);
    MemoryRegion *b = region_init_ram(d1, "B", 0x1000);
    AddressSpace *as = space_new(root, "space");
    MemoryListener listener = { .log_start = on_log, .log_stop = on_log };

    memory_region_add_subregion(root, 0, b);
    memory_listener_register(&listener, as);
    memory_listener_unregister(&listener);
    memory_region_del_subregion(root, b);
    drain();
    owner_unref(d1);
    lifecycle_expect(owner_gone(1));
    space_destroy(as);
    owner_unref(d0);
}
