/*
 * What registers itself at start-up.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/module.h"

typedef struct Registered {
    struct Registered *next;
    void (*fn)(void);
} Registered;

static Registered *registered[MODULE_INIT_MAX];

/* Types are known at once, so that a program may do without calling module_call_init() itself. */
void register_module_init(void (*fn)(void), module_init_type type)
{
    Registered **place = &registered[type];

    if (type == MODULE_INIT_QOM) {
        fn();
        return;
    }
    while (*place) {
        place = &(*place)->next;
    }
    *place = g_new0(Registered, 1);
    (*place)->fn = fn;
}

void module_call_init(module_init_type type)
{
    while (registered[type]) {
        Registered *first = registered[type];
        void (*fn)(void) = first->fn;

        registered[type] = first->next;
        g_free(first);
        fn();
    }
}
