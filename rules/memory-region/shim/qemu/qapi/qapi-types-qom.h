/*
 * Objects that users create.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_TYPES_QOM_H
#define CHECK_LIFECYCLE_QAPI_TYPES_QOM_H

#include "qapi/qapi-builtin-types.h"

typedef struct ObjectOptions ObjectOptions;

#endif
