/*
 * Atomic accesses. The model has one thread, so each is the plain access.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_ATOMIC_H
#define QEMU_ATOMIC_H

#define barrier() ((void)0)
#define smp_mb() ((void)0)
#define smp_wmb() ((void)0)
#define smp_rmb() ((void)0)
#define smp_mb_acquire() ((void)0)
#define smp_mb_release() ((void)0)
#define smp_read_barrier_depends() ((void)0)
#define signal_barrier() ((void)0)

#define qatomic_read(place) (*(place))
#define qatomic_read__nocheck(place) (*(place))
#define qatomic_set(place, value) ((void)(*(place) = (value)))
#define qatomic_set__nocheck(place, value) ((void)(*(place) = (value)))
#define qatomic_rcu_read(place) (*(place))
#define qatomic_rcu_set(place, value) ((void)(*(place) = (value)))
#define qatomic_load_acquire(place) (*(place))
#define qatomic_store_release(place, value) ((void)(*(place) = (value)))
#define qatomic_set_mb(place, value) ((void)(*(place) = (value)))

/* Gives the value before, as the fetch functions do; the place is evaluated once. */
#define qatomic_before_(place, op, operand)          \
    ({                                               \
        __typeof__(place) place_ = (place);           \
        __typeof__(*place_ + 0) before_ = *place_;    \
        *place_ = before_ op(operand);               \
        before_;                                     \
    })
#define qatomic_fetch_inc(place) qatomic_before_(place, +, 1)
#define qatomic_fetch_dec(place) qatomic_before_(place, -, 1)
#define qatomic_fetch_add(place, n) qatomic_before_(place, +, n)
#define qatomic_fetch_sub(place, n) qatomic_before_(place, -, n)
#define qatomic_fetch_and(place, n) qatomic_before_(place, &, n)
#define qatomic_fetch_or(place, n) qatomic_before_(place, |, n)
#define qatomic_fetch_xor(place, n) qatomic_before_(place, ^, n)
#define qatomic_inc(place) ((void)qatomic_fetch_inc(place))
#define qatomic_dec(place) ((void)qatomic_fetch_dec(place))
#define qatomic_add(place, n) ((void)qatomic_fetch_add(place, n))
#define qatomic_sub(place, n) ((void)qatomic_fetch_sub(place, n))
#define qatomic_and(place, n) ((void)qatomic_fetch_and(place, n))
#define qatomic_or(place, n) ((void)qatomic_fetch_or(place, n))
#define qatomic_inc_fetch(place) (qatomic_fetch_inc(place) + 1)
#define qatomic_dec_fetch(place) (qatomic_fetch_dec(place) - 1)

#define qatomic_xchg(place, value)                   \
    ({                                               \
        __typeof__(place) place_ = (place);           \
        __typeof__(*place) before_ = *place_;         \
        *place_ = (value);                           \
        before_;                                     \
    })
#define qatomic_cmpxchg(place, expected, value)      \
    ({                                               \
        __typeof__(place) place_ = (place);           \
        __typeof__(*place) before_ = *place_;         \
        if (before_ == (expected)) {                 \
            *place_ = (value);                       \
        }                                            \
        before_;                                     \
    })

#endif
