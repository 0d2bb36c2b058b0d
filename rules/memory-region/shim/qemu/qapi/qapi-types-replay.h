/*
 * Whether an execution is recorded: it is not.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_TYPES_REPLAY_H
#define CHECK_LIFECYCLE_QAPI_TYPES_REPLAY_H

#include "qapi/qapi-builtin-types.h"

typedef enum ReplayMode { REPLAY_MODE_NONE, REPLAY_MODE_RECORD, REPLAY_MODE_PLAY, REPLAY_MODE__MAX } ReplayMode;

#endif
