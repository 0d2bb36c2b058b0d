/*
 * What was said to the user of the monitor, for scenarios that ask.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef TREE_PRINT_H
#define TREE_PRINT_H

#include "qemu/osdep.h"

/* Forgets what was printed so far. */
void printed_clear(void);
/*
 * Whether a line was printed that starts with the first of these texts and has the others behind it, in this
 * order; NULL ends them. Columns between them may come and go with releases. What is asked next is sought behind
 * that line.
 */
bool printed_line(const char *text, ...);
/* On how many lines, of all since printed_clear(), a text is. */
unsigned printed_times(const char *text);

/* Has the accelerator say which memory it has, or not; at first it does not. */
void accelerator_says(bool says);
/* What stands on a line whose addresses the accelerator has: those below ACCELERATED. */
#define ACCELERATOR "quick"
#define ACCELERATED 0x1000

#endif
