/*
 * Lists read under RCU: the plain ones, as the model has one thread.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_RCU_QUEUE_H
#define QEMU_RCU_QUEUE_H

#include "qemu/queue.h"

#define QLIST_EMPTY_RCU(head) QLIST_EMPTY(head)
#define QLIST_FIRST_RCU(head) QLIST_FIRST(head)
#define QLIST_NEXT_RCU(elm, field) QLIST_NEXT(elm, field)
#define QLIST_INSERT_HEAD_RCU(head, elm, field) QLIST_INSERT_HEAD(head, elm, field)
#define QLIST_INSERT_AFTER_RCU(listelm, elm, field) QLIST_INSERT_AFTER(listelm, elm, field)
#define QLIST_INSERT_BEFORE_RCU(listelm, elm, field) QLIST_INSERT_BEFORE(listelm, elm, field)
#define QLIST_FOREACH_RCU(var, head, field) QLIST_FOREACH(var, head, field)
/* A reader may still stand on the element, so it keeps the link to the next one. */
#define QLIST_REMOVE_RCU(elm, field)                             \
    do {                                                         \
        if ((elm)->field.le_next != NULL) {                      \
            (elm)->field.le_next->field.le_prev = (elm)->field.le_prev; \
        }                                                        \
        *(elm)->field.le_prev = (elm)->field.le_next;            \
    } while (0)
#define QTAILQ_FOREACH_RCU(var, head, field) QTAILQ_FOREACH(var, head, field)
#define QTAILQ_INSERT_TAIL_RCU(head, elm, field) QTAILQ_INSERT_TAIL(head, elm, field)
#define QTAILQ_REMOVE_RCU(head, elm, field) QTAILQ_REMOVE(head, elm, field)

#endif
