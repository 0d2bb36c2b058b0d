/*
 * Read-copy-update with one thread, in place of util/rcu.c and its thread.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Callbacks wait in the order of their call_rcu() and run with the big lock in drain_call_rcu(): those that were
 * queued when it was called. What they queue in turn waits for the next drain, as it waits there for the
 * thread's next round.
 */
#include "qemu/osdep.h"
#include "qemu/rcu.h"

/* Readers store it to say that they are inside, so it is never 0. */
unsigned long rcu_gp_ctr = 1;
QemuEvent rcu_gp_event;

/* Readers, before and after coroutines might change threads. */
#if __has_include("qemu/coroutine-tls.h")
static struct rcu_reader_data this_reader;

struct rcu_reader_data get_rcu_reader(void)
{
    return this_reader;
}

void set_rcu_reader(struct rcu_reader_data reader)
{
    this_reader = reader;
}

struct rcu_reader_data *get_ptr_rcu_reader(void)
{
    return &this_reader;
}
#define READER_DEPTH (this_reader.depth)
#else
__thread struct rcu_reader_data rcu_reader;
#define READER_DEPTH (rcu_reader.depth)
#endif

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

/* The oldest callback, out of the queue. */
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
    unsigned left = rcu_waiting;

    if (rcu_draining || READER_DEPTH != 0) {
        return;
    }
    rcu_draining = true;
    while (left-- > 0) {
        struct rcu_head *head = rcu_take_first();

        head->func(head);
    }
    rcu_draining = false;
}

/* There is no other reader to wait for, and callbacks are for their thread. */
void synchronize_rcu(void)
{
}

void rcu_register_thread(void)
{
}

void rcu_unregister_thread(void)
{
}
