/*
 * An address space without a name is destroyed like any other.
 *
 * contract: required
 * because: The name of an address space is only used for debugging output (address_space_init).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    MemoryRegion *root = region_init_io(d0, "A", 0x1000);

    space_destroy(space_new(root, NULL));
    owner_unref(d0);
}
