/*
 * Block jobs, by name only.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_TYPES_JOB_H
#define CHECK_LIFECYCLE_QAPI_TYPES_JOB_H

#include "qapi/qapi-builtin-types.h"

typedef enum JobType { JOB_TYPE_COMMIT, JOB_TYPE__MAX = 8 } JobType;
typedef enum JobStatus { JOB_STATUS_UNDEFINED, JOB_STATUS__MAX = 12 } JobStatus;
typedef enum JobVerb { JOB_VERB_CANCEL, JOB_VERB__MAX = 9 } JobVerb;

#endif
