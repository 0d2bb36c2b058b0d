/*
 * Whether the machine runs, and who wants to hear of it, in place of system/runstate.c.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#if __has_include("exec/memory.h")
#include "exec/memory.h"
#else
#include "system/memory.h"
#endif
#if __has_include("system/runstate.h")
#include "system/runstate.h"
#else
#include "sysemu/runstate.h"
#endif
#include "qemu/queue.h"

/* What was an int before 6.0 is a bool. */
#if __has_include("system/runstate.h") || defined(RAM_NORESERVE)
#define TRUTH bool
#else
#define TRUTH int
#endif

struct VMChangeStateEntry {
    VMChangeStateHandler *cb;
    void *opaque;
    QTAILQ_ENTRY(VMChangeStateEntry) link;
};

static QTAILQ_HEAD(, VMChangeStateEntry) handlers = QTAILQ_HEAD_INITIALIZER(handlers);
static RunState current = RUN_STATE_RUNNING;

TRUTH runstate_is_running(void)
{
    return current == RUN_STATE_RUNNING;
}

void runstate_set(RunState state)
{
    current = state;
}

VMChangeStateEntry *qemu_add_vm_change_state_handler(VMChangeStateHandler *cb, void *opaque)
{
    VMChangeStateEntry *entry = g_new0(VMChangeStateEntry, 1);

    entry->cb = cb;
    entry->opaque = opaque;
    QTAILQ_INSERT_TAIL(&handlers, entry, link);
    return entry;
}

void qemu_del_vm_change_state_handler(VMChangeStateEntry *entry)
{
    QTAILQ_REMOVE(&handlers, entry, link);
    g_free(entry);
}

/* The newest release answers how many handlers failed, which none of ours does; nobody asks. */
__typeof__(vm_state_notify(0, RUN_STATE_RUNNING)) vm_state_notify(TRUTH running, RunState state)
{
    VMChangeStateEntry *entry, *next;

    QTAILQ_FOREACH_SAFE(entry, &handlers, link, next) {
        entry->cb(entry->opaque, running, state);
    }
}
