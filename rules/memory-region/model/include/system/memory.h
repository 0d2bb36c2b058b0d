/*
 * The newer name of exec/memory.h.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "exec/memory.h"
