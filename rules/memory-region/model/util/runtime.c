/*
 * What memory.c and object.c call and do not define: RCU, the big lock, errors.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/main-loop.h"
#include "qemu/rcu.h"
#include "qapi/error.h"

/* RCU: first queued, first run; a callback that queues another makes the same drain longer. */

static struct rcu_head *rcu_first;
static struct rcu_head **rcu_tail = &rcu_first;
static unsigned rcu_readers;

void rcu_read_lock(void)
{
    rcu_readers++;
}

void rcu_read_unlock(void)
{
    assert(rcu_readers != 0);
    rcu_readers--;
}

void call_rcu1(struct rcu_head *head, RCUCBFunc *func)
{
    head->func = func;
    head->next = NULL;
    *rcu_tail = head;
    rcu_tail = &head->next;
}

void drain_call_rcu(void)
{
    while (rcu_first && rcu_readers == 0) {
        struct rcu_head *head = rcu_first;
        rcu_first = head->next;
        if (rcu_first == NULL) {
            rcu_tail = &rcu_first;
        }
        head->func(head);
    }
}

void synchronize_rcu(void)
{
}

void rcu_free_block(struct rcu_head *head)
{
    g_free(head);
}

/* The big QEMU lock */

static bool bql_held = true;

bool bql_locked(void)
{
    return bql_held;
}

void bql_lock(void)
{
    bql_held = true;
}

void bql_unlock(void)
{
    bql_held = false;
}

/* Errors */

Error *error_abort;
Error *error_fatal;

void error_setg(Error **errp, const char *format, ...)
{
    va_list args;

    if (errp == NULL) {
        return;
    }
    assert(errp != &error_abort && errp != &error_fatal);
    *errp = g_new0(Error, 1);
    va_start(args, format);
    (*errp)->msg = g_strdup_vprintf(format, args);
    va_end(args);
}

void error_propagate(Error **errp, Error *err)
{
    if (err == NULL) {
        return;
    }
    assert(errp != &error_abort && errp != &error_fatal);
    if (errp && *errp == NULL) {
        *errp = err;
    } else {
        error_free(err);
    }
}

void error_free(Error *err)
{
    if (err) {
        g_free(err->msg);
        g_free(err);
    }
}

const char *error_get_pretty(const Error *err)
{
    return err->msg;
}
