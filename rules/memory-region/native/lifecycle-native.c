/*
 * The machine's part of lifecycle.h for programs compiled with gcc, and their main.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * In a test of its own (LIFECYCLE_TEST is then its name) the choices are written down as a macro; otherwise
 * LIFECYCLE_CHOICES=1.0 answers the choices in turn; LIFECYCLE_LOG=1 prints every note.
 */
#include "lifecycle.h"

/* Ends with the outcome on stderr and status 99. */
_Noreturn void lifecycle_fail(const char *outcome, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "outcome: %s ", outcome);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    fflush(stderr);
    _exit(99);
}

/* The choices to make, as numbers with dots between. */
static const char *lifecycle_choices(void)
{
#ifdef LIFECYCLE_CHOICES
    return LIFECYCLE_CHOICES;
#else
    return getenv("LIFECYCLE_CHOICES") ? getenv("LIFECYCLE_CHOICES") : "";
#endif
}

/* The next number of LIFECYCLE_CHOICES; 0 when there are no more. */
unsigned lifecycle_choose(unsigned n, const char *what)
{
    static const char *rest;
    char *end;
    unsigned choice;

    if (!rest) {
        rest = lifecycle_choices();
    }
    choice = (unsigned)strtoul(rest, &end, 10);
    rest = *end == '.' ? end + 1 : end;
    return choice < n ? choice : n - 1;
}

/* Cases are told apart by the machine. */
void lifecycle_case(const char *contract, const char *format, ...)
{
}

_Noreturn void lifecycle_skip(void)
{
    _exit(0);
}

/* A line on stderr where somebody asked for it. */
void lifecycle_note(const char *format, ...)
{
    va_list args;

    if (!getenv("LIFECYCLE_LOG")) {
        return;
    }
    fputs("note: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

/* Names are for the machine's messages. */
void lifecycle_name(const void *object, const char *format, ...)
{
}

#ifdef LIFECYCLE_TEST

#include "qemu/module.h"

static void lifecycle_test(void)
{
    lifecycle_prepare();
    lifecycle_run();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    module_call_init(MODULE_INIT_QOM);
    g_test_add_func("/lifecycle/" LIFECYCLE_TEST, lifecycle_test);
    return g_test_run();
}

#else

int main(void)
{
    lifecycle_prepare();
    lifecycle_run();
    return 0;
}

#endif
