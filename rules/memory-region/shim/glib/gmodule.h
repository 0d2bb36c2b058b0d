/*
 * Modules are not loaded: only the name exists.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_GMODULE_H
#define CHECK_LIFECYCLE_GMODULE_H

#include <glib.h>

typedef struct GModule GModule;

#endif
