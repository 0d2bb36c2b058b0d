/*
 * What became of a region's RAM outside of memory.c, for scenarios that ask.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef TREE_MIGRATION_H
#define TREE_MIGRATION_H

#include "qemu/osdep.h"

typedef struct MemoryRegion MemoryRegion;

/* The name under which a region's RAM is migrated; NULL where it is not. */
const char *migrated_as(MemoryRegion *mr);
/* Whether a region has a block of its own, this large now and at most, with these flags at least. */
bool ram_is(MemoryRegion *mr, uint64_t size, uint64_t most, uint32_t flags);

#endif
