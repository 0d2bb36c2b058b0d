/*
 * Sound, by name only.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_TYPES_AUDIO_H
#define CHECK_LIFECYCLE_QAPI_TYPES_AUDIO_H

#include "qapi/qapi-builtin-types.h"

typedef enum AudioFormat { AUDIO_FORMAT_U8, AUDIO_FORMAT__MAX = 7 } AudioFormat;
typedef struct Audiodev Audiodev;

#endif
