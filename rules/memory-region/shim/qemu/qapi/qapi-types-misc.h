/*
 * What a monitor is told, by name only.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_TYPES_MISC_H
#define CHECK_LIFECYCLE_QAPI_TYPES_MISC_H

#include "qapi/qapi-builtin-types.h"

typedef struct AddfdInfo AddfdInfo;

#endif
