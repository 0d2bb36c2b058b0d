/*
 * What GLib adds to stdio is stdio here.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_GLIB_GSTDIO_H
#define CHECK_LIFECYCLE_GLIB_GSTDIO_H

#include <glib.h>

#endif
