/*
 * The tree's own files of a machine, as one unit: their headers are mostly the same, and are read once.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#if __has_include("system/physmem.c")
#include "system/physmem.c"
#else
#include "softmmu/physmem.c"
#endif
#include "util/bitmap.c"
#include "hw/core/bus.c"
#include "hw/core/hotplug.c"
#include "hw/core/qdev.c"
#include "hw/core/qdev-clock.c"
#include "hw/core/resettable.c"
#include "hw/core/vmstate-if.c"
/* Parts of qdev.c before 6.1. */
#if __has_include("hw/core/gpio.c")
#include "hw/core/gpio.c"
#endif
#if __has_include("hw/core/qdev-hotplug.c")
#include "hw/core/qdev-hotplug.c"
#endif
/* What those ask for. */
#include "machine/host.c"
#include "machine/device.c"
#include "machine/property.c"
#include "machine/start.c"
