/*
 * The big lock of one thread, by both of its names.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The program starts with the lock, as the main loop does, and may say so once by taking it.
 */
#include "qemu/osdep.h"
#include "qemu/main-loop.h"

#ifdef qemu_mutex_lock_iothread
#define bql_locked qemu_mutex_iothread_locked
#define bql_lock_impl qemu_mutex_lock_iothread_impl
#define bql_unlock qemu_mutex_unlock_iothread
#endif

static enum { BQL_FROM_START, BQL_FREE, BQL_TAKEN } bql_state;

bool bql_locked(void)
{
    return bql_state != BQL_FREE;
}

void bql_lock_impl(const char *file, int line)
{
    g_assert(bql_state != BQL_TAKEN);
    bql_state = BQL_TAKEN;
}

void bql_unlock(void)
{
    g_assert(bql_locked());
    bql_state = BQL_FREE;
}
