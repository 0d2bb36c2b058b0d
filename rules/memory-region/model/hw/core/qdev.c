/*
 * The type that devices derive from; buses, properties and realization are left out.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/module.h"
#include "hw/qdev-core.h"

static const TypeInfo device_type_info = {
    .name = TYPE_DEVICE,
    .parent = TYPE_OBJECT,
    .abstract = true,
    .class_size = sizeof(DeviceClass),
    .instance_size = sizeof(DeviceState),
};

/* Registers the type. */
static void qdev_register_types(void)
{
    type_register_static(&device_type_info);
}

type_init(qdev_register_types)
