/*
 * What management is told of devices; nobody listens.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_EVENTS_QDEV_H
#define CHECK_LIFECYCLE_QAPI_EVENTS_QDEV_H

#define qapi_event_send_device_deleted(...) ((void)0)

#endif
