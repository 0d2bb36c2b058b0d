/*
 * Whether the machine runs, and who wants to hear of it.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef MODEL_SYSTEM_RUNSTATE_H
#define MODEL_SYSTEM_RUNSTATE_H

typedef enum RunState {
    RUN_STATE_PAUSED,
    RUN_STATE_RUNNING,
} RunState;

typedef struct VMChangeStateEntry VMChangeStateEntry;
typedef void VMChangeStateHandler(void *opaque, bool running, RunState state);

bool runstate_is_running(void);
void runstate_set(RunState state);
VMChangeStateEntry *qemu_add_vm_change_state_handler(VMChangeStateHandler *cb, void *opaque);
void qemu_del_vm_change_state_handler(VMChangeStateEntry *e);
void vm_state_notify(bool running, RunState state);

#endif
