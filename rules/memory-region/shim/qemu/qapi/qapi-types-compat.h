/*
 * What is done with deprecated interfaces.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_TYPES_COMPAT_H
#define CHECK_LIFECYCLE_QAPI_TYPES_COMPAT_H

#include "qapi/qapi-builtin-types.h"

typedef struct CompatPolicy {
    bool has_deprecated_input;
    int deprecated_input;
    bool has_deprecated_output;
    int deprecated_output;
} CompatPolicy;

#endif
