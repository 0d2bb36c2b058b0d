/*
 * Whether the machine runs, and who wants to hear of it.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "system/runstate.h"
#include "qemu/queue.h"

struct VMChangeStateEntry {
    VMChangeStateHandler *cb;
    void *opaque;
    QTAILQ_ENTRY(VMChangeStateEntry) link;
};

static QTAILQ_HEAD(, VMChangeStateEntry) handlers = QTAILQ_HEAD_INITIALIZER(handlers);
static RunState current = RUN_STATE_RUNNING;

bool runstate_is_running(void)
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

void vm_state_notify(bool running, RunState state)
{
    VMChangeStateEntry *entry, *next;

    QTAILQ_FOREACH_SAFE(entry, &handlers, link, next) {
        entry->cb(entry->opaque, running, state);
    }
}
