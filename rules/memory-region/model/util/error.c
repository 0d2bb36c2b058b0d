/*
 * Errors and messages.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/error-report.h"

struct Error {
    char *msg;
    GString *hint;
    ErrorClass err_class;
    const char *src;
    const char *func;
    int line;
};

/* Never set: their addresses are what callers pass. */
Error *error_abort;
Error *error_fatal;
Error *error_warn;

/* What is to be done with an error whose place is one of the special ones. */
static void error_handle(Error **errp, Error *err)
{
    if (errp == &error_abort) {
        fprintf(stderr, "unexpected error in %s() at %s:%d: %s\n", err->func, err->src, err->line, err->msg);
        abort();
    }
    if (errp == &error_fatal) {
        error_report_err(err);
        exit(1);
    }
    if (errp == &error_warn) {
        warn_report_err(err);
    } else if (errp && !*errp) {
        *errp = err;
    } else {
        error_free(err);
    }
}

void error_set_internal(Error **errp, const char *src, int line, const char *func, ErrorClass err_class,
                        const char *format, ...)
{
    Error *err;
    va_list args;

    if (errp == NULL) {
        return;
    }
    assert(*errp == NULL);
    err = g_new0(Error, 1);
    va_start(args, format);
    err->msg = g_strdup_vprintf(format, args);
    va_end(args);
    err->err_class = err_class;
    err->src = src;
    err->line = line;
    err->func = func;
    error_handle(errp, err);
}

void error_propagate(Error **dst_errp, Error *local_err)
{
    if (local_err) {
        error_handle(dst_errp, local_err);
    }
}

void error_prepend(Error *const *errp, const char *format, ...)
{
    va_list args;
    char *before, *all;

    if (!errp || !*errp) {
        return;
    }
    va_start(args, format);
    before = g_strdup_vprintf(format, args);
    va_end(args);
    all = g_strdup_printf("%s%s", before, (*errp)->msg);
    g_free(before);
    g_free((*errp)->msg);
    (*errp)->msg = all;
}

void error_append_hint(Error *const *errp, const char *format, ...)
{
    va_list args;
    char *more;

    if (!errp || !*errp) {
        return;
    }
    va_start(args, format);
    more = g_strdup_vprintf(format, args);
    va_end(args);
    if (!(*errp)->hint) {
        (*errp)->hint = g_string_new(NULL);
    }
    g_string_append((*errp)->hint, more);
    g_free(more);
}

const char *error_get_pretty(const Error *err)
{
    return err->msg;
}

ErrorClass error_get_class(const Error *err)
{
    return err->err_class;
}

Error *error_copy(const Error *err)
{
    Error *copy = g_new0(Error, 1);

    *copy = *err;
    copy->msg = g_strdup(err->msg);
    copy->hint = err->hint ? g_string_new(err->hint->str) : NULL;
    return copy;
}

void error_free(Error *err)
{
    if (err) {
        g_free(err->msg);
        if (err->hint) {
            g_string_free(err->hint, TRUE);
        }
        g_free(err);
    }
}

void error_free_or_abort(Error **errp)
{
    assert(errp && *errp);
    error_free(*errp);
    *errp = NULL;
}

void error_report_err(Error *err)
{
    error_report("%s", err->msg);
    error_free(err);
}

void warn_report_err(Error *err)
{
    warn_report("%s", err->msg);
    error_free(err);
}

#define REPORTS(name, prefix)              \
    void name(const char *format, ...)     \
    {                                      \
        va_list args;                      \
                                           \
        fputs(prefix, stderr);             \
        va_start(args, format);            \
        vfprintf(stderr, format, args);    \
        va_end(args);                      \
        fputc('\n', stderr);               \
    }
REPORTS(error_report, "")
REPORTS(warn_report, "warning: ")
REPORTS(info_report, "info: ")
