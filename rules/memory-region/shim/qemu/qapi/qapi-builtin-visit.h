/*
 * Visits of the types that every schema has.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_BUILTIN_VISIT_H
#define CHECK_LIFECYCLE_QAPI_BUILTIN_VISIT_H

#include "qapi/qapi-builtin-types.h"
#include "qapi/visitor.h"

#endif
