/*
 * A property with a block of its own is deleted before its object goes, and added again.
 *
 * contract: required
 * because: The release function is called when the property is removed from the object
 * (object_property_add).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

static int released;

/* The property is removed. */
static void on_release(Object *obj, const char *name, void *opaque)
{
    released++;
    g_free(opaque);
}

void scenario(void)
{
    Owner *d1 = owner_new("D1");

    object_property_add(OBJECT(d1), "block", "string", NULL, NULL, on_release, g_malloc0(16));
    object_property_del(OBJECT(d1), "block");
    lifecycle_expect(released == 1);
    object_property_add(OBJECT(d1), "block", "string", NULL, NULL, on_release, g_malloc0(16));
    owner_unref(d1);
    lifecycle_expect(released == 2);
}
