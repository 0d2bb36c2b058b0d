/*
 * The big QEMU lock, as a flag: whoever runs holds it.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_MAIN_LOOP_H
#define QEMU_MAIN_LOOP_H

bool bql_locked(void);
void bql_lock(void);
void bql_unlock(void);

#endif
