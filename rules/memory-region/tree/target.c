/*
 * What code that is compiled once for all guests asks about this one.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#if __has_include("qemu/target-info.h")
#include "qemu/target-info.h"

bool target_big_endian(void)
{
    return false;
}
#endif
