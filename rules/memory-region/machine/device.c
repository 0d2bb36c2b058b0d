/*
 * What the tree's qdev.c asks of a command line, which says nothing of devices.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"

/* Nobody asked that all devices can be migrated. */
bool vmstate_check_only_migratable(const VMStateDescription *description)
{
    return true;
}

void qdev_prop_set_globals(DeviceState *dev)
{
}

/* Before 6.1 a device has its own options, and here none has any. */
void qemu_opts_del(QemuOpts *opts)
{
    g_assert(!opts);
}
