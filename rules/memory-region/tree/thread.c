/*
 * Mutexes and events of a program with one thread.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/thread.h"
#include "qemu/event_notifier.h"

QemuMutexLockFunc qemu_mutex_lock_func = qemu_mutex_lock_impl;
QemuMutexTrylockFunc qemu_mutex_trylock_func = qemu_mutex_trylock_impl;

void qemu_mutex_init(QemuMutex *mutex)
{
    mutex->initialized = true;
}

void qemu_mutex_destroy(QemuMutex *mutex)
{
    g_assert(mutex->initialized);
    mutex->initialized = false;
}

void qemu_mutex_lock_impl(QemuMutex *mutex, const char *file, const int line)
{
    g_assert(mutex->initialized);
}

int qemu_mutex_trylock_impl(QemuMutex *mutex, const char *file, const int line)
{
    g_assert(mutex->initialized);
    return 0;
}

void qemu_mutex_unlock_impl(QemuMutex *mutex, const char *file, const int line)
{
    g_assert(mutex->initialized);
}

void qemu_event_init(QemuEvent *event, bool init)
{
    event->initialized = true;
}

void qemu_event_destroy(QemuEvent *event)
{
    event->initialized = false;
}

/* Nobody else waits. */
void qemu_event_set(QemuEvent *event)
{
}

/* Nobody reads a notifier. */
int event_notifier_set(EventNotifier *notifier)
{
    return 0;
}
