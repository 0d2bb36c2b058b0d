/*
 * Errors, as far as object.c reports them.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QAPI_ERROR_H
#define QAPI_ERROR_H

struct Error {
    char *msg;
};
extern Error *error_abort;
extern Error *error_fatal;
void error_setg(Error **errp, const char *format, ...) G_GNUC_PRINTF(2, 3);
void error_propagate(Error **errp, Error *err);
void error_free(Error *err);
const char *error_get_pretty(const Error *err);

#endif
