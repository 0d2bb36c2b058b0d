/*
 * Read-copy-update with one thread (util/rcu.c).
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * call_rcu queues. A grace period ends, and what was queued before it runs in order, with the big lock,
 * where the program waits for one: drain_call_rcu() or synchronize_rcu(). Inside a reader's section nothing
 * runs and everything stays queued.
 */
#ifndef QEMU_RCU_H
#define QEMU_RCU_H

#include "qemu/atomic.h"
#include "qemu/compiler.h"
#include "qemu/queue.h"

struct rcu_head;
typedef void RCUCBFunc(struct rcu_head *head);
struct rcu_head {
    struct rcu_head *next;
    RCUCBFunc *func;
};

/* What a thread that reads knows of itself: how many sections it is in. */
struct rcu_reader_data {
    unsigned depth;
};
extern __thread struct rcu_reader_data rcu_reader;

static inline void rcu_read_lock(void)
{
    rcu_reader.depth++;
}

static inline void rcu_read_unlock(void)
{
    assert(rcu_reader.depth != 0);
    rcu_reader.depth--;
}

void synchronize_rcu(void);
void drain_call_rcu(void);
void call_rcu1(struct rcu_head *head, RCUCBFunc *func);
void rcu_register_thread(void);
void rcu_unregister_thread(void);

/* The callback gets the record itself, so the head must be its first member. */
#define rcu_head_of_(record, field)                                                                  \
    ({                                                                                               \
        _Static_assert(offsetof(__typeof__(*(record)), field) == 0, "the rcu_head must come first"); \
        &(record)->field;                                                                            \
    })
#define call_rcu(record, func, field) call_rcu1(rcu_head_of_(record, field), (RCUCBFunc *)(func))
#define g_free_rcu(record, field) call_rcu1(rcu_head_of_(record, field), (RCUCBFunc *)g_free)

typedef void RCUReadAuto;
static inline RCUReadAuto *rcu_read_auto_lock(void)
{
    static char held;

    rcu_read_lock();
    return &held;
}

static inline void rcu_read_auto_unlock(RCUReadAuto *guard)
{
    (void)guard;
    rcu_read_unlock();
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RCUReadAuto, rcu_read_auto_unlock)

#define RCU_READ_LOCK_GUARD() \
    g_autoptr(RCUReadAuto) rcu_guard_ __attribute__((unused)) = rcu_read_auto_lock()
#define WITH_RCU_READ_LOCK_GUARD_(guard)                           \
    for (g_autoptr(RCUReadAuto) guard = rcu_read_auto_lock(); guard; \
         rcu_read_auto_unlock(guard), guard = NULL)
#define WITH_RCU_READ_LOCK_GUARD() WITH_RCU_READ_LOCK_GUARD_(glue(rcu_guard_, __COUNTER__))

#endif
