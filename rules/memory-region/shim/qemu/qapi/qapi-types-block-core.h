/*
 * Block devices, by name only.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_TYPES_BLOCK_CORE_H
#define CHECK_LIFECYCLE_QAPI_TYPES_BLOCK_CORE_H

#include "qapi/qapi-types-job.h"

typedef enum BlockdevOnError { BLOCKDEV_ON_ERROR_REPORT, BLOCKDEV_ON_ERROR__MAX = 6 } BlockdevOnError;
typedef enum BlockErrorAction { BLOCK_ERROR_ACTION_IGNORE, BLOCK_ERROR_ACTION__MAX = 3 } BlockErrorAction;
typedef enum DirtyBitmapStatus { DIRTY_BITMAP_STATUS_ACTIVE, DIRTY_BITMAP_STATUS__MAX = 5 } DirtyBitmapStatus;
typedef enum BlockDeviceIoStatus { BLOCK_DEVICE_IO_STATUS_OK, BLOCK_DEVICE_IO_STATUS__MAX = 3 } BlockDeviceIoStatus;
typedef enum BlockdevDetectZeroesOptions {
    BLOCKDEV_DETECT_ZEROES_OPTIONS_OFF,
    BLOCKDEV_DETECT_ZEROES_OPTIONS__MAX = 3,
} BlockdevDetectZeroesOptions;
typedef enum BlockPermission { BLOCK_PERMISSION_CONSISTENT_READ, BLOCK_PERMISSION__MAX = 4 } BlockPermission;
typedef enum PreallocMode { PREALLOC_MODE_OFF, PREALLOC_MODE__MAX = 4 } PreallocMode;
typedef enum BlkdebugEvent { BLKDBG_L1_UPDATE, BLKDBG__MAX = 46 } BlkdebugEvent;
typedef struct BlockDirtyInfoList BlockDirtyInfoList;
typedef struct BlockDeviceInfoList BlockDeviceInfoList;
typedef struct BlockJobChangeOptions BlockJobChangeOptions;
typedef struct BlockJobInfo BlockJobInfo;
typedef struct BlockMeasureInfo BlockMeasureInfo;
typedef struct BlockStatsSpecific BlockStatsSpecific;
typedef struct BlockdevRef BlockdevRef;
typedef struct ImageInfoSpecific ImageInfoSpecific;
typedef struct XDbgBlockGraph XDbgBlockGraph;

#endif
