/*
 * An accelerator that nothing runs on: it can be asked whether it has a range of memory.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qom/object.h"
#if __has_include("exec/memory.h")
#include "exec/memory.h"
#else
#include "system/memory.h"
#endif
#if __has_include("qemu/accel.h")
#include "qemu/accel.h"
#else
#include "sysemu/accel.h"
#endif
/* Asked about itself where it was asked about the machine before 10.1. */
#if __has_include("accel/accel-ops.h")
#include "accel/accel-ops.h"
#define ASKED AccelState
#else
#define ASKED MachineState
#endif
#include "tree/print.h"

#define TYPE_QUICK "lifecycle-accelerator"

/* There is no machine to speak of. */
MachineState *current_machine;

static AccelState *accelerator;
static bool says;

static bool has_memory(ASKED *asked, AddressSpace *as, hwaddr start, hwaddr size)
{
    return start < ACCELERATED && size > 0;
}

static const TypeInfo accel_info = {
    .name = TYPE_ACCEL,
    .parent = TYPE_OBJECT,
    .class_size = sizeof(AccelClass),
    .instance_size = sizeof(AccelState),
    .abstract = true,
};

static const TypeInfo quick_info = {
    .name = TYPE_QUICK,
    .parent = TYPE_ACCEL,
};

AccelState *current_accel(void)
{
    AccelClass *ac;

    if (!accelerator) {
        type_register_static(&accel_info);
        type_register_static(&quick_info);
        accelerator = (AccelState *)object_new(TYPE_QUICK);
    }
    ac = ACCEL_GET_CLASS(accelerator);
    ac->name = ACCELERATOR;
    ac->has_memory = says ? has_memory : NULL;
    return accelerator;
}

void accelerator_says(bool whether)
{
    says = whether;
}
