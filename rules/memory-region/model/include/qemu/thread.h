/*
 * Mutexes that only check that they are used in pairs.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_THREAD_H
#define QEMU_THREAD_H

#include "qemu/typedefs.h"

struct QemuMutex {
    bool initialized;
    bool locked;
};

static inline void qemu_mutex_init(QemuMutex *mutex)
{
    mutex->initialized = true;
    mutex->locked = false;
}

static inline void qemu_mutex_destroy(QemuMutex *mutex)
{
    assert(mutex->initialized);
    assert(!mutex->locked);
    mutex->initialized = false;
}

static inline void qemu_mutex_lock(QemuMutex *mutex)
{
    assert(mutex->initialized);
    assert(!mutex->locked);
    mutex->locked = true;
}

static inline void qemu_mutex_unlock(QemuMutex *mutex)
{
    assert(mutex->locked);
    mutex->locked = false;
}

#endif
