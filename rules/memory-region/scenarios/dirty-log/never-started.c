/*
 * The global log is stopped for somebody who never started it.
 *
 * contract: must-assert
 * because: Users of the global log are named by flags, and one that never started cannot stop
 * (memory_global_dirty_log_start, memory_global_dirty_log_stop).
 * needs: memory_global_dirty_log_do_start
 * expect: assertion memory_global_dirty_log_do_stop
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    memory_global_dirty_log_start(GLOBAL_DIRTY_MIGRATION, NULL);
    memory_global_dirty_log_stop(GLOBAL_DIRTY_DIRTY_RATE);
}
