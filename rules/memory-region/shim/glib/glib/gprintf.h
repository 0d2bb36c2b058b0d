/*
 * What GLib adds to stdio is stdio here.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_GLIB_GPRINTF_H
#define CHECK_LIFECYCLE_GLIB_GPRINTF_H

#include <glib.h>

#endif
