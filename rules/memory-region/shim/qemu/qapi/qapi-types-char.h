/*
 * Character devices, by name only.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_TYPES_CHAR_H
#define CHECK_LIFECYCLE_QAPI_TYPES_CHAR_H

#include "qapi/qapi-builtin-types.h"

typedef struct ChardevCommon ChardevCommon;
typedef struct ChardevBackend ChardevBackend;

#endif
