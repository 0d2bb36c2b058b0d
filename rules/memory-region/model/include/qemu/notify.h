/*
 * Lists of callbacks (util/notify.c).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_NOTIFY_H
#define QEMU_NOTIFY_H

#include "qemu/queue.h"
#include "qemu/typedefs.h"

struct Notifier {
    void (*notify)(Notifier *notifier, void *data);
    QLIST_ENTRY(Notifier) node;
};

struct NotifierList {
    QLIST_HEAD(, Notifier) notifiers;
};

#define NOTIFIER_LIST_INITIALIZER(list) { QLIST_HEAD_INITIALIZER((list).notifiers) }

void notifier_list_init(NotifierList *list);
void notifier_list_add(NotifierList *list, Notifier *notifier);
void notifier_remove(Notifier *notifier);
void notifier_list_notify(NotifierList *list, void *data);
bool notifier_list_empty(NotifierList *list);

#endif
