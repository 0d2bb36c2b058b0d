/*
 * Every topology of up to four regions and three owners.
 *
 * when: thorough
 * contract: each
 * because: A container holds what it contains until either goes, an owner goes when nobody needs it, and
 * nothing may be left behind; only an alias must not outlive its target.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#define REGIONS 4
#define OWNERS 3
#define HEAP_REGIONS 2
#include "topology.h"
