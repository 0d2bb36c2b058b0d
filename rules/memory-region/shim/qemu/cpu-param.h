/*
 * The guest's parameters.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_CPU_PARAM_H
#define CHECK_LIFECYCLE_CPU_PARAM_H

#define TARGET_PAGE_BITS 12
#define TARGET_PHYS_ADDR_SPACE_BITS 52
#define TARGET_VIRT_ADDR_SPACE_BITS 57

#endif
