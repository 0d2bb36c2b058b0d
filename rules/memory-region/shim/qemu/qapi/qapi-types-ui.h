/*
 * Input from users, by name only.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_TYPES_UI_H
#define CHECK_LIFECYCLE_QAPI_TYPES_UI_H

#include "qapi/qapi-builtin-types.h"

typedef struct InputEvent InputEvent;

#endif
