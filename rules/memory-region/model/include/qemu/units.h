/*
 * Units of bytes.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_UNITS_H
#define QEMU_UNITS_H

#include "qemu/osdep.h"

#endif
