/*
 * Where scenarios of any release look for address spaces.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "exec/memory.h"
