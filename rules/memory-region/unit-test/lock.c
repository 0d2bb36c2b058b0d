/*
 * The big lock, by both of its names, for a test with a thread of its own for RCU.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The stubs that unit tests are linked with always say that nobody has it, and memory.c asserts that its caller does.
 */
#include "qemu/osdep.h"
#include "qemu/main-loop.h"

#ifdef qemu_mutex_lock_iothread
#define bql_locked qemu_mutex_iothread_locked
#define bql_lock_impl qemu_mutex_lock_iothread_impl
#define bql_unlock qemu_mutex_unlock_iothread
#endif

static pthread_mutex_t the_bql = PTHREAD_MUTEX_INITIALIZER;
static __thread bool bql_is_mine;

bool bql_locked(void)
{
    return bql_is_mine;
}

void bql_lock_impl(const char *file, int line)
{
    pthread_mutex_lock(&the_bql);
    bql_is_mine = true;
}

void bql_unlock(void)
{
    bql_is_mine = false;
    pthread_mutex_unlock(&the_bql);
}

#undef bql_locked
#undef bql_lock_impl
#undef bql_unlock
