/*
 * QEMU's atomic accessors. One thread runs at a time, so each is a plain access.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_ATOMIC_H
#define QEMU_ATOMIC_H

#define barrier() ((void)0)
#define smp_mb() ((void)0)
#define smp_wmb() ((void)0)
#define smp_rmb() ((void)0)
#define qatomic_read(ptr) (*(ptr))
#define qatomic_set(ptr, value) ((void)(*(ptr) = (value)))
#define qatomic_rcu_read(ptr) (*(ptr))
#define qatomic_rcu_set(ptr, value) ((void)(*(ptr) = (value)))
#define qatomic_load_acquire(ptr) (*(ptr))
#define qatomic_store_release(ptr, value) ((void)(*(ptr) = (value)))
#define qatomic_fetch_inc(ptr) ((*(ptr))++)
#define qatomic_fetch_dec(ptr) ((*(ptr))--)
#define qatomic_fetch_add(ptr, n) ((*(ptr) += (n)) - (n))
#define qatomic_fetch_sub(ptr, n) ((*(ptr) -= (n)) + (n))
#define qatomic_inc(ptr) ((void)++(*(ptr)))
#define qatomic_dec(ptr) ((void)--(*(ptr)))
#define qatomic_add(ptr, n) ((void)(*(ptr) += (n)))
#define qatomic_sub(ptr, n) ((void)(*(ptr) -= (n)))
#define qatomic_xchg(ptr, value)                  \
    ({                                            \
        __typeof__(*(ptr)) old_value_ = *(ptr);   \
        *(ptr) = (value);                         \
        old_value_;                               \
    })
#define qatomic_cmpxchg(ptr, old, new)            \
    ({                                            \
        __typeof__(*(ptr)) seen_value_ = *(ptr);  \
        if (seen_value_ == (old)) {               \
            *(ptr) = (new);                       \
        }                                         \
        seen_value_;                              \
    })

#endif
