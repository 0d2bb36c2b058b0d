/*
 * The monitor's printf, in place of util/qemu-print.c: what is said is kept for those who ask.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/qemu-print.h"
#include "tree/print.h"

#define PRINTED 8192

static char printed[PRINTED];
static size_t length;
/* Where printed_line() goes on. */
static size_t position;

int qemu_printf(const char *format, ...)
{
    va_list args;
    int written;

    va_start(args, format);
    written = vsnprintf(printed + length, PRINTED - length, format, args);
    va_end(args);
    g_assert(written >= 0 && written < PRINTED - length);
    length += written;
    return written;
}

void printed_clear(void)
{
    length = 0;
    position = 0;
    printed[0] = '\0';
}

/* Cuts the next line out; the caller puts its end back. NULL where there is none. */
static char *line_end(char *line)
{
    char *end = strchr(line, '\n');

    if (end) {
        *end = '\0';
    }
    return end;
}

/* Whether a line starts with a text, and has the others behind it, in their order. */
static bool line_has(const char *line, const char *text, va_list args)
{
    if (strncmp(line, text, strlen(text)) != 0) {
        return false;
    }
    for (; text; text = va_arg(args, const char *)) {
        line = strstr(line, text);
        if (!line) {
            return false;
        }
        line += strlen(text);
    }
    return true;
}

bool printed_line(const char *text, ...)
{
    char *line, *end;
    bool found = false;

    for (line = printed + position; !found && (end = line_end(line)) != NULL; line = end + 1) {
        va_list args;

        va_start(args, text);
        found = line_has(line, text, args);
        va_end(args);
        *end = '\n';
        if (found) {
            position = end + 1 - printed;
        }
    }
    return found;
}

unsigned printed_times(const char *text)
{
    unsigned times = 0;
    char *line, *end;

    for (line = printed; (end = line_end(line)) != NULL; line = end + 1) {
        times += strstr(line, text) != NULL;
        *end = '\n';
    }
    return times;
}
