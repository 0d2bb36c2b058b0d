/*
 * Lists of callbacks.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/notify.h"

void notifier_list_init(NotifierList *list)
{
    QLIST_INIT(&list->notifiers);
}

void notifier_list_add(NotifierList *list, Notifier *notifier)
{
    QLIST_INSERT_HEAD(&list->notifiers, notifier, node);
}

void notifier_remove(Notifier *notifier)
{
    QLIST_REMOVE(notifier, node);
}

/* A notifier may remove itself, and free its memory. */
void notifier_list_notify(NotifierList *list, void *data)
{
    Notifier *each, *behind;

    QLIST_FOREACH_SAFE(each, &list->notifiers, node, behind) {
        each->notify(each, data);
    }
}

bool notifier_list_empty(NotifierList *list)
{
    return QLIST_EMPTY(&list->notifiers);
}
