/*
 * Read-copy-update, single-threaded: callbacks wait in a queue until a grace period ends.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_RCU_H
#define QEMU_RCU_H

struct rcu_head;
typedef void RCUCBFunc(struct rcu_head *head);
struct rcu_head {
    struct rcu_head *next;
    RCUCBFunc *func;
};

void rcu_read_lock(void);
void rcu_read_unlock(void);
void synchronize_rcu(void);
void drain_call_rcu(void);
void call_rcu1(struct rcu_head *head, RCUCBFunc *func);
/* Frees the block that the head starts. */
void rcu_free_block(struct rcu_head *head);

/* The head is the first field, so a callback that takes the structure takes the head's address. */
#define call_rcu(structure, func, field)                                                 \
    do {                                                                                 \
        _Static_assert(offsetof(__typeof__(*(structure)), field) == 0, "head comes first"); \
        call_rcu1(&(structure)->field, (RCUCBFunc *)(void *)(func));                     \
    } while (0)
#define g_free_rcu(structure, field) call_rcu1(&(structure)->field, rcu_free_block)

typedef int RCUReadAuto;
static inline void rcu_read_auto_end_(RCUReadAuto *held)
{
    if (*held) {
        rcu_read_unlock();
    }
}
static inline int rcu_read_auto_begin_(void)
{
    rcu_read_lock();
    return 1;
}
#define RCU_READ_LOCK_GUARD() \
    __attribute__((cleanup(rcu_read_auto_end_), unused)) RCUReadAuto rcu_read_held_ = rcu_read_auto_begin_()
#define WITH_RCU_READ_LOCK_GUARD()                                                                 \
    for (__attribute__((cleanup(rcu_read_auto_end_))) RCUReadAuto rcu_read_held_ = rcu_read_auto_begin_(); \
         rcu_read_held_; rcu_read_unlock(), rcu_read_held_ = 0)

#endif
