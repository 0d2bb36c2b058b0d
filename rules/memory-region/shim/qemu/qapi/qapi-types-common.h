/*
 * Types that several schemas share.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_TYPES_COMMON_H
#define CHECK_LIFECYCLE_QAPI_TYPES_COMMON_H

#include "qapi/qapi-builtin-types.h"
/* Where the classes of errors were before 4.2. */
#include "qapi/qapi-types-error.h"

typedef enum OnOffAuto { ON_OFF_AUTO_AUTO, ON_OFF_AUTO_ON, ON_OFF_AUTO_OFF, ON_OFF_AUTO__MAX } OnOffAuto;
typedef enum HostMemPolicy {
    HOST_MEM_POLICY_DEFAULT,
    HOST_MEM_POLICY_PREFERRED,
    HOST_MEM_POLICY_BIND,
    HOST_MEM_POLICY_INTERLEAVE,
    HOST_MEM_POLICY__MAX,
} HostMemPolicy;

#endif
