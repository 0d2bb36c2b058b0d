/*
 * The big lock, held or not, by the one thread there is (util/main-loop.c).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_MAIN_LOOP_H
#define QEMU_MAIN_LOOP_H

#include "qemu/compiler.h"
#include "qemu/thread.h"

bool bql_locked(void);
void bql_lock_impl(const char *file, int line);
void bql_unlock(void);
#define bql_lock() bql_lock_impl(__FILE__, __LINE__)

typedef struct BQLLockAuto BQLLockAuto;
static inline BQLLockAuto *bql_auto_lock(const char *file, int line)
{
    static char taken;

    if (bql_locked()) {
        return NULL;
    }
    bql_lock_impl(file, line);
    return (BQLLockAuto *)(void *)&taken;
}

static inline void bql_auto_unlock(BQLLockAuto *guard)
{
    (void)guard;
    bql_unlock();
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(BQLLockAuto, bql_auto_unlock)

#define BQL_LOCK_GUARD() \
    g_autoptr(BQLLockAuto) bql_guard_ __attribute__((unused)) = bql_auto_lock(__FILE__, __LINE__)

#endif
