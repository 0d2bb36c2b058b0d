/*
 * A property of the class has its release function called for each object that goes.
 *
 * contract: required
 * because: The release function is called when the property is removed from the object, and upon the
 * object's destruction (object_property_add, object_class_property_add).
 * expect: clean
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

#define TYPE_BOX "lifecycle-box"

/* An object with a block that a property of its class looks after. */
typedef struct Box {
    Object parent_obj;
    void *block;
} Box;

static const TypeInfo box_info = {
    .name = TYPE_BOX,
    .parent = TYPE_OBJECT,
    .instance_size = sizeof(Box),
};

static int released;

/* The object goes. */
static void on_release(Object *obj, const char *name, void *opaque)
{
    released++;
    g_free(((Box *)obj)->block);
}

/* An object with a block of its own. */
static Object *box_new(void)
{
    Box *box = (Box *)object_new(TYPE_BOX);

    box->block = g_malloc0(16);
    return OBJECT(box);
}

void scenario(void)
{
    Object *first, *second;

    type_register_static(&box_info);
    object_class_property_add(object_class_by_name(TYPE_BOX), "block", "string", NULL, NULL, on_release, NULL);
    first = box_new();
    second = box_new();
    object_unref(first);
    lifecycle_expect(released == 1);
    object_unref(second);
    lifecycle_expect(released == 2);
}
