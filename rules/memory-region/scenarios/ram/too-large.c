/*
 * There is not enough memory for a RAM region and a ROM device: neither is left behind.
 *
 * contract: required
 * because: A region whose initialization fails is unparented, and the caller gets the error
 * (memory_region_init_ram_flags_nomigrate); what it allocated before is freed.
 * needs: memory_region_init_ram_flags_nomigrate
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

#define TOO_LARGE (1ULL << 63)

static void expect_failed(Owner *owner, const char *child, Error *err)
{
    lifecycle_expect(err != NULL);
    lifecycle_expect(object_resolve_path_component(OBJECT(owner), child) == NULL);
    error_free(err);
}

void scenario(void)
{
    Owner *d0 = owner_new("D0");
    Error *err = NULL;

    memory_region_init_ram_flags_nomigrate(region_storage(d0), OBJECT(d0), "A", TOO_LARGE, 0, &err);
    expect_failed(d0, "A[0]", err);
    err = NULL;
    memory_region_init_rom_nomigrate(region_storage(d0), OBJECT(d0), "B", TOO_LARGE, &err);
    expect_failed(d0, "B[0]", err);
    err = NULL;
    memory_region_init_rom_device_nomigrate(region_storage(d0), OBJECT(d0), &region_quiet_ops, NULL, "C",
                                            TOO_LARGE, &err);
    expect_failed(d0, "C[0]", err);
    owner_unref(d0);
}
