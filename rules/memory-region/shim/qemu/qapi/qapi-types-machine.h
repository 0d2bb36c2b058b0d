/*
 * What machines are made of, as far as the machine's own record needs it.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_TYPES_MACHINE_H
#define CHECK_LIFECYCLE_QAPI_TYPES_MACHINE_H

#include "qapi/qapi-types-common.h"

typedef enum LostTickPolicy { LOST_TICK_POLICY_DISCARD, LOST_TICK_POLICY_DELAY, LOST_TICK_POLICY_SLEW } LostTickPolicy;
typedef struct CpuInfoFast CpuInfoFast;
typedef struct CpuInstanceProperties {
    bool has_node_id;
    int64_t node_id;
    bool has_drawer_id;
    int64_t drawer_id;
    bool has_book_id;
    int64_t book_id;
    bool has_socket_id;
    int64_t socket_id;
    bool has_die_id;
    int64_t die_id;
    bool has_cluster_id;
    int64_t cluster_id;
    bool has_module_id;
    int64_t module_id;
    bool has_core_id;
    int64_t core_id;
    bool has_thread_id;
    int64_t thread_id;
} CpuInstanceProperties;
typedef enum CpuTopologyLevel {
    CPU_TOPOLOGY_LEVEL_THREAD,
    CPU_TOPOLOGY_LEVEL_CORE,
    CPU_TOPOLOGY_LEVEL_MODULE,
    CPU_TOPOLOGY_LEVEL_CLUSTER,
    CPU_TOPOLOGY_LEVEL_DIE,
    CPU_TOPOLOGY_LEVEL_SOCKET,
    CPU_TOPOLOGY_LEVEL_BOOK,
    CPU_TOPOLOGY_LEVEL_DRAWER,
    CPU_TOPOLOGY_LEVEL_DEFAULT,
    CPU_TOPOLOGY_LEVEL__MAX,
} CpuTopologyLevel;
typedef enum CacheLevelAndType {
    CACHE_LEVEL_AND_TYPE_L1D,
    CACHE_LEVEL_AND_TYPE_L1I,
    CACHE_LEVEL_AND_TYPE_L2,
    CACHE_LEVEL_AND_TYPE_L3,
    CACHE_LEVEL_AND_TYPE__MAX,
} CacheLevelAndType;
typedef struct SmpCacheProperties {
    CacheLevelAndType cache;
    CpuTopologyLevel topology;
} SmpCacheProperties;
typedef struct CpuTopology CpuTopology;
typedef struct HumanReadableText HumanReadableText;
typedef struct NumaOptions NumaOptions;
typedef struct NumaHmatLBOptions NumaHmatLBOptions;
typedef struct NumaHmatCacheOptions NumaHmatCacheOptions;
typedef struct MemoryDeviceInfo MemoryDeviceInfo;
typedef struct MemoryDeviceInfoList MemoryDeviceInfoList;
typedef struct SMPConfiguration SMPConfiguration;
typedef struct SmpCachePropertiesList SmpCachePropertiesList;
typedef struct HotpluggableCPUList HotpluggableCPUList;
typedef struct BootConfiguration {
    char *order;
    char *once;
    bool has_menu;
    bool menu;
    char *splash;
    bool has_splash_time;
    int64_t splash_time;
    bool has_reboot_timeout;
    int64_t reboot_timeout;
    bool has_strict;
    bool strict;
} BootConfiguration;

#endif
