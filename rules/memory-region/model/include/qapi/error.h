/*
 * Errors that travel to the caller (util/error.c).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QAPI_ERROR_H
#define QAPI_ERROR_H

#include "qemu/typedefs.h"

typedef enum {
    ERROR_CLASS_GENERIC_ERROR,
    ERROR_CLASS_DEVICE_NOT_FOUND,
} ErrorClass;

/* As the place of an error: stop here, naming where it was set. */
extern Error *error_abort;
/* As the place of an error: say it and exit with status 1. */
extern Error *error_fatal;
extern Error *error_warn;

const char *error_get_pretty(const Error *err);
ErrorClass error_get_class(const Error *err);
Error *error_copy(const Error *err);
void error_free(Error *err);
void error_free_or_abort(Error **errp);
void error_propagate(Error **dst_errp, Error *local_err);
void error_report_err(Error *err);
void warn_report_err(Error *err);
void error_prepend(Error *const *errp, const char *format, ...) G_GNUC_PRINTF(2, 3);
void error_append_hint(Error *const *errp, const char *format, ...) G_GNUC_PRINTF(2, 3);
void error_set_internal(Error **errp, const char *src, int line, const char *func, ErrorClass err_class,
                        const char *format, ...) G_GNUC_PRINTF(6, 7);

#define error_set(errp, err_class, ...) \
    error_set_internal((errp), __FILE__, __LINE__, __func__, (err_class), __VA_ARGS__)
#define error_setg(errp, ...) error_set((errp), ERROR_CLASS_GENERIC_ERROR, __VA_ARGS__)
#define error_setg_errno(errp, number, ...) ((void)(number), error_setg((errp), __VA_ARGS__))

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Error, error_free)

typedef struct ErrorPropagator {
    Error *local_err;
    Error **errp;
} ErrorPropagator;

static inline void error_propagator_cleanup(ErrorPropagator *propagator)
{
    error_propagate(propagator->errp, propagator->local_err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ErrorPropagator, error_propagator_cleanup)

/* Makes *errp readable in a function whose caller may not want the error. */
#define ERRP_GUARD()                                              \
    g_auto(ErrorPropagator) errp_guard_ = { .errp = errp };       \
    do {                                                          \
        if (errp == NULL || errp == &error_fatal) {               \
            errp = &errp_guard_.local_err;                        \
        }                                                         \
    } while (0)

#endif
