/*
 * Trace points do nothing.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_TRACE_HW_CORE_H
#define CHECK_LIFECYCLE_TRACE_HW_CORE_H

#include "trace/trace-points.h"

#endif
