/*
 * How a machine is migrated, as far as RAM asks.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_TYPES_MIGRATION_H
#define CHECK_LIFECYCLE_QAPI_TYPES_MIGRATION_H

#include "qapi/qapi-builtin-types.h"

typedef enum MigMode { MIG_MODE_NORMAL, MIG_MODE_CPR_REBOOT, MIG_MODE_CPR_TRANSFER, MIG_MODE__MAX = 4 } MigMode;
typedef enum MultiFDCompression { MULTIFD_COMPRESSION_NONE, MULTIFD_COMPRESSION__MAX = 6 } MultiFDCompression;
typedef enum ZeroPageDetection { ZERO_PAGE_DETECTION_NONE, ZERO_PAGE_DETECTION__MAX = 3 } ZeroPageDetection;
typedef struct BitmapMigrationNodeAliasList BitmapMigrationNodeAliasList;
typedef struct MigrationChannel MigrationChannel;
typedef struct MigrationParameters MigrationParameters;

#endif
