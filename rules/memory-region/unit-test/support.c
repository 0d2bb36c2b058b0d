/*
 * What memory.c calls and the libraries that unit tests are linked with do not have. The model is complete without.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef LIFECYCLE_MODEL
#include "unit-test/lock.c"
#include "tree/accelerator.c"
#include "tree/dispatch.c"
#include "tree/machine.c"
#include "tree/migration.c"
#include "tree/print.c"
#include "tree/ram.c"
#include "tree/runstate.c"
#include "tree/target.c"
/* Defined behind the headers that declare it. */
#include "unit-test/no-guest.c"
#endif
