/*
 * Lists whose links lie in their elements.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 *   QSLIST   single links, the head knows the first
 *   QLIST    each element also knows the link that points to it, so it can leave without the head
 *   QSIMPLEQ single links, the head knows the last link as well
 *   QTAILQ   both directions; head and elements have the same pair of links, so that the element
 *            before X is what the link before X's link points to
 */
#ifndef QEMU_QUEUE_H
#define QEMU_QUEUE_H

#include "qemu/atomic.h"

/* QLIST */

#define QLIST_HEAD(name, type)  \
    struct name {               \
        struct type *lh_first;  \
    }
#define QLIST_HEAD_INITIALIZER(head) { NULL }
#define QLIST_ENTRY(type)       \
    struct {                    \
        struct type *le_next;   \
        struct type **le_prev;  \
    }
#define QLIST_EMPTY(head) ((head)->lh_first == NULL)
#define QLIST_FIRST(head) ((head)->lh_first)
#define QLIST_NEXT(elm, field) ((elm)->field.le_next)
#define QLIST_IS_INSERTED(elm, field) ((elm)->field.le_prev != NULL)
#define QLIST_INIT(head) ((void)((head)->lh_first = NULL))

/* Puts elm where *link points, in front of what was there. */
#define QLIST_LINK_(link, elm, field)                            \
    do {                                                         \
        (elm)->field.le_next = *(link);                          \
        (elm)->field.le_prev = (link);                           \
        if ((elm)->field.le_next != NULL) {                      \
            (elm)->field.le_next->field.le_prev = &(elm)->field.le_next; \
        }                                                        \
        *(elm)->field.le_prev = (elm);                           \
    } while (0)
#define QLIST_INSERT_HEAD(head, elm, field) QLIST_LINK_(&(head)->lh_first, elm, field)
#define QLIST_INSERT_AFTER(listelm, elm, field) QLIST_LINK_(&(listelm)->field.le_next, elm, field)
#define QLIST_INSERT_BEFORE(listelm, elm, field)                 \
    do {                                                         \
        (elm)->field.le_next = (listelm);                        \
        (elm)->field.le_prev = (listelm)->field.le_prev;         \
        *(elm)->field.le_prev = (elm);                           \
        (listelm)->field.le_prev = &(elm)->field.le_next;        \
    } while (0)
#define QLIST_REMOVE(elm, field)                                 \
    do {                                                         \
        if ((elm)->field.le_next != NULL) {                      \
            (elm)->field.le_next->field.le_prev = (elm)->field.le_prev; \
        }                                                        \
        *(elm)->field.le_prev = (elm)->field.le_next;            \
        (elm)->field.le_next = NULL;                             \
        (elm)->field.le_prev = NULL;                             \
    } while (0)
#define QLIST_SAFE_REMOVE(elm, field)                            \
    do {                                                         \
        if (QLIST_IS_INSERTED(elm, field)) {                     \
            QLIST_REMOVE(elm, field);                            \
        }                                                        \
    } while (0)
#define QLIST_FOREACH(var, head, field) for ((var) = QLIST_FIRST(head); (var); (var) = QLIST_NEXT(var, field))
#define QLIST_FOREACH_SAFE(var, head, field, next) \
    for ((var) = QLIST_FIRST(head); (var) && ((next) = QLIST_NEXT(var, field), 1); (var) = (next))

/* QSLIST */

#define QSLIST_HEAD(name, type)  \
    struct name {                \
        struct type *slh_first;  \
    }
#define QSLIST_HEAD_INITIALIZER(head) { NULL }
#define QSLIST_ENTRY(type)       \
    struct {                     \
        struct type *sle_next;   \
    }
#define QSLIST_EMPTY(head) ((head)->slh_first == NULL)
#define QSLIST_FIRST(head) ((head)->slh_first)
#define QSLIST_NEXT(elm, field) ((elm)->field.sle_next)
#define QSLIST_INIT(head) ((void)((head)->slh_first = NULL))
#define QSLIST_INSERT_HEAD(head, elm, field)                     \
    do {                                                         \
        (elm)->field.sle_next = (head)->slh_first;               \
        (head)->slh_first = (elm);                               \
    } while (0)
#define QSLIST_REMOVE_HEAD(head, field)                          \
    do {                                                         \
        __typeof__((head)->slh_first) first_ = (head)->slh_first; \
        (head)->slh_first = first_->field.sle_next;              \
        first_->field.sle_next = NULL;                           \
    } while (0)
#define QSLIST_FOREACH(var, head, field) for ((var) = QSLIST_FIRST(head); (var); (var) = QSLIST_NEXT(var, field))
#define QSLIST_FOREACH_SAFE(var, head, field, next) \
    for ((var) = QSLIST_FIRST(head); (var) && ((next) = QSLIST_NEXT(var, field), 1); (var) = (next))

/* QSIMPLEQ */

#define QSIMPLEQ_HEAD(name, type)  \
    struct name {                  \
        struct type *sqh_first;    \
        struct type **sqh_last;    \
    }
#define QSIMPLEQ_HEAD_INITIALIZER(head) { NULL, &(head).sqh_first }
#define QSIMPLEQ_ENTRY(type)       \
    struct {                       \
        struct type *sqe_next;     \
    }
#define QSIMPLEQ_EMPTY(head) ((head)->sqh_first == NULL)
#define QSIMPLEQ_FIRST(head) ((head)->sqh_first)
#define QSIMPLEQ_NEXT(elm, field) ((elm)->field.sqe_next)
#define QSIMPLEQ_INIT(head)                      \
    do {                                         \
        (head)->sqh_first = NULL;                \
        (head)->sqh_last = &(head)->sqh_first;   \
    } while (0)
#define QSIMPLEQ_INSERT_TAIL(head, elm, field)   \
    do {                                         \
        (elm)->field.sqe_next = NULL;            \
        *(head)->sqh_last = (elm);               \
        (head)->sqh_last = &(elm)->field.sqe_next; \
    } while (0)
#define QSIMPLEQ_INSERT_HEAD(head, elm, field)   \
    do {                                         \
        (elm)->field.sqe_next = (head)->sqh_first; \
        if ((elm)->field.sqe_next == NULL) {     \
            (head)->sqh_last = &(elm)->field.sqe_next; \
        }                                        \
        (head)->sqh_first = (elm);               \
    } while (0)
#define QSIMPLEQ_REMOVE_HEAD(head, field)        \
    do {                                         \
        __typeof__((head)->sqh_first) first_ = (head)->sqh_first; \
        (head)->sqh_first = first_->field.sqe_next; \
        if ((head)->sqh_first == NULL) {         \
            (head)->sqh_last = &(head)->sqh_first; \
        }                                        \
        first_->field.sqe_next = NULL;           \
    } while (0)
#define QSIMPLEQ_FOREACH(var, head, field) \
    for ((var) = QSIMPLEQ_FIRST(head); (var); (var) = QSIMPLEQ_NEXT(var, field))
#define QSIMPLEQ_FOREACH_SAFE(var, head, field, next) \
    for ((var) = QSIMPLEQ_FIRST(head); (var) && ((next) = QSIMPLEQ_NEXT(var, field), 1); (var) = (next))

/* QTAILQ */

typedef struct QTailQLink {
    void *tql_next;
    struct QTailQLink *tql_prev;
} QTailQLink;

#define QTAILQ_HEAD(name, type)    \
    union name {                   \
        struct type *tqh_first;    \
        QTailQLink tqh_circ;       \
    }
#define QTAILQ_HEAD_INITIALIZER(head) { .tqh_circ = { NULL, &(head).tqh_circ } }
#define QTAILQ_ENTRY(type)         \
    union {                        \
        struct type *tqe_next;     \
        QTailQLink tqe_circ;       \
    }
#define QTAILQ_EMPTY(head) ((head)->tqh_first == NULL)
#define QTAILQ_FIRST(head) ((head)->tqh_first)
#define QTAILQ_NEXT(elm, field) ((elm)->field.tqe_next)
#define QTAILQ_IN_USE(elm, field) ((elm)->field.tqe_circ.tql_prev != NULL)
#define QTAILQ_LINK_PREV(link) ((link).tql_prev->tql_prev->tql_next)
#define QTAILQ_LAST(head) ((__typeof__((head)->tqh_first))QTAILQ_LINK_PREV((head)->tqh_circ))
#define QTAILQ_PREV(elm, field) ((__typeof__((elm)->field.tqe_next))QTAILQ_LINK_PREV((elm)->field.tqe_circ))
#define QTAILQ_INIT(head)                                        \
    do {                                                         \
        (head)->tqh_first = NULL;                                \
        (head)->tqh_circ.tql_prev = &(head)->tqh_circ;           \
    } while (0)
/* The link that comes after elm's: of the element after it, or of the head. */
#define QTAILQ_AFTER_(head, elm, field) \
    ((elm)->field.tqe_next != NULL ? &(elm)->field.tqe_next->field.tqe_circ : &(head)->tqh_circ)
#define QTAILQ_INSERT_HEAD(head, elm, field)                     \
    do {                                                         \
        (elm)->field.tqe_next = (head)->tqh_first;               \
        (elm)->field.tqe_circ.tql_prev = &(head)->tqh_circ;      \
        QTAILQ_AFTER_(head, elm, field)->tql_prev = &(elm)->field.tqe_circ; \
        (head)->tqh_first = (elm);                               \
    } while (0)
#define QTAILQ_INSERT_TAIL(head, elm, field)                     \
    do {                                                         \
        (elm)->field.tqe_next = NULL;                            \
        (elm)->field.tqe_circ.tql_prev = (head)->tqh_circ.tql_prev; \
        (head)->tqh_circ.tql_prev->tql_next = (elm);             \
        (head)->tqh_circ.tql_prev = &(elm)->field.tqe_circ;      \
    } while (0)
#define QTAILQ_INSERT_AFTER(head, listelm, elm, field)           \
    do {                                                         \
        (elm)->field.tqe_next = (listelm)->field.tqe_next;       \
        (elm)->field.tqe_circ.tql_prev = &(listelm)->field.tqe_circ; \
        QTAILQ_AFTER_(head, elm, field)->tql_prev = &(elm)->field.tqe_circ; \
        (listelm)->field.tqe_next = (elm);                       \
    } while (0)
#define QTAILQ_INSERT_BEFORE(listelm, elm, field)                \
    do {                                                         \
        (elm)->field.tqe_circ.tql_prev = (listelm)->field.tqe_circ.tql_prev; \
        (elm)->field.tqe_next = (listelm);                       \
        (listelm)->field.tqe_circ.tql_prev->tql_next = (elm);    \
        (listelm)->field.tqe_circ.tql_prev = &(elm)->field.tqe_circ; \
    } while (0)
#define QTAILQ_REMOVE(head, elm, field)                          \
    do {                                                         \
        QTAILQ_AFTER_(head, elm, field)->tql_prev = (elm)->field.tqe_circ.tql_prev; \
        (elm)->field.tqe_circ.tql_prev->tql_next = (elm)->field.tqe_next; \
        (elm)->field.tqe_circ.tql_prev = NULL;                   \
        (elm)->field.tqe_circ.tql_next = NULL;                   \
    } while (0)
#define QTAILQ_FOREACH(var, head, field) for ((var) = QTAILQ_FIRST(head); (var); (var) = QTAILQ_NEXT(var, field))
#define QTAILQ_FOREACH_SAFE(var, head, field, next) \
    for ((var) = QTAILQ_FIRST(head); (var) && ((next) = QTAILQ_NEXT(var, field), 1); (var) = (next))
#define QTAILQ_FOREACH_REVERSE(var, head, field) \
    for ((var) = QTAILQ_LAST(head); (var); (var) = QTAILQ_PREV(var, field))
#define QTAILQ_FOREACH_REVERSE_SAFE(var, head, field, prev) \
    for ((var) = QTAILQ_LAST(head); (var) && ((prev) = QTAILQ_PREV(var, field), 1); (var) = (prev))

#endif
