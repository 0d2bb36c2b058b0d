/*
 * The big lock.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/main-loop.h"

/* The program starts with the lock, as QEMU's main loop does, and may say so once by taking it. */
static enum { BQL_FROM_START, BQL_FREE, BQL_TAKEN } bql_state;

bool bql_locked(void)
{
    return bql_state != BQL_FREE;
}

void bql_lock_impl(const char *file, int line)
{
    (void)file;
    (void)line;
    g_assert(bql_state != BQL_TAKEN);
    bql_state = BQL_TAKEN;
}

void bql_unlock(void)
{
    g_assert(bql_locked());
    bql_state = BQL_FREE;
}
