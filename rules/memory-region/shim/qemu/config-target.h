/*
 * The guest of a tree's code for one target: x86-64.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_CONFIG_TARGET_H
#define CHECK_LIFECYCLE_CONFIG_TARGET_H

#define TARGET_X86_64 1
#define TARGET_I386 1
#define TARGET_NAME "x86_64"
#define TARGET_LONG_BITS 64
/* Always defined since 7.1: 0 or 1. */
#define TARGET_BIG_ENDIAN 0

#endif
