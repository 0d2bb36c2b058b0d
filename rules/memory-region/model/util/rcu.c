/*
 * Read-copy-update with one thread.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Callbacks wait in the order of their call_rcu(), and run when the program waits for a grace period
 * outside of any reader's section: those that were queued by then. What they queue in turn waits for the
 * next one.
 */
#include "qemu/osdep.h"
#include "qemu/main-loop.h"
#include "qemu/rcu.h"

__thread struct rcu_reader_data rcu_reader;

static struct rcu_head *rcu_first;
static struct rcu_head *rcu_last;
static unsigned rcu_waiting;
static bool rcu_draining;

void call_rcu1(struct rcu_head *head, RCUCBFunc *func)
{
    head->func = func;
    head->next = NULL;
    if (rcu_last) {
        rcu_last->next = head;
    } else {
        rcu_first = head;
    }
    rcu_last = head;
    rcu_waiting++;
}

static struct rcu_head *rcu_take_first(void)
{
    struct rcu_head *head = rcu_first;

    rcu_first = head->next;
    if (!rcu_first) {
        rcu_last = NULL;
    }
    rcu_waiting--;
    return head;
}

void drain_call_rcu(void)
{
    bool held = bql_locked();
    unsigned left = rcu_waiting;

    if (rcu_draining || rcu_reader.depth != 0 || !rcu_first) {
        return;
    }
    rcu_draining = true;
    if (!held) {
        bql_lock();
    }
    for (; left > 0 && rcu_reader.depth == 0; left--) {
        struct rcu_head *head = rcu_take_first();

        head->func(head);
    }
    if (!held) {
        bql_unlock();
    }
    rcu_draining = false;
}

void synchronize_rcu(void)
{
    drain_call_rcu();
}

void rcu_register_thread(void)
{
}

void rcu_unregister_thread(void)
{
}
