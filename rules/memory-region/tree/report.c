/*
 * Messages, in place of util/qemu-error.c and its monitors: what is said goes to stderr.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/error-report.h"

int error_vprintf(const char *format, va_list args)
{
    return vfprintf(stderr, format, args);
}

int error_printf(const char *format, ...)
{
    va_list args;
    int written;

    va_start(args, format);
    written = error_vprintf(format, args);
    va_end(args);
    return written;
}

static void report(const char *kind, const char *format, va_list args)
{
    fputs(kind, stderr);
    error_vprintf(format, args);
    fputc('\n', stderr);
}

void error_vreport(const char *format, va_list args)
{
    report("", format, args);
}

void error_report(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    report("", format, args);
    va_end(args);
}

void warn_report(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    report("warning: ", format, args);
    va_end(args);
}

void info_report(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    report("info: ", format, args);
    va_end(args);
}

bool warn_report_once_cond(bool *printed, const char *format, ...)
{
    va_list args;

    if (*printed) {
        return false;
    }
    *printed = true;
    va_start(args, format);
    report("warning: ", format, args);
    va_end(args);
    return true;
}
