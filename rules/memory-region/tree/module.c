/*
 * What registers itself at start-up, in place of util/module.c and its loading of shared objects.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/module.h"

#define INITS 64

static void (*inits[MODULE_INIT_MAX][INITS])(void);
static unsigned inits_nb[MODULE_INIT_MAX];

/*
 * Types are registered at once, so that all executions of a program share the work and a program may do without
 * module_call_init(). Their order is of no account: a parent is looked up by name when it is first needed.
 */
void register_module_init(void (*fn)(void), module_init_type type)
{
    if (type == MODULE_INIT_QOM) {
        fn();
        return;
    }
    g_assert(inits_nb[type] < INITS);
    inits[type][inits_nb[type]++] = fn;
}

void module_call_init(module_init_type type)
{
    unsigned i;

    for (i = 0; i < inits_nb[type]; i++) {
        inits[type][i]();
    }
    inits_nb[type] = 0;
}
