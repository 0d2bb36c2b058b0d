/*
 * Devices, as far as memory.c looks into them.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HW_QDEV_CORE_H
#define HW_QDEV_CORE_H

#include "qom/object.h"

#define TYPE_DEVICE "device"
#define DEVICE(obj) OBJECT_CHECK(DeviceState, obj, TYPE_DEVICE)

/* Whether an access to one of the device's regions is going on. */
typedef struct {
    bool engaged_in_io;
} MemReentrancyGuard;

typedef struct DeviceState DeviceState;
struct DeviceState {
    Object parent_obj;
    MemReentrancyGuard mem_reentrancy_guard;
};

typedef struct DeviceClass {
    ObjectClass parent_class;
} DeviceClass;

#endif
