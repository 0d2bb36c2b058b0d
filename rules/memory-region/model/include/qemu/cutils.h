/*
 * Small helpers on strings.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_CUTILS_H
#define QEMU_CUTILS_H

/* Whether str starts with prefix; where it goes on is stored in *rest, if wanted. */
static inline int strstart(const char *str, const char *prefix, const char **rest)
{
    size_t length = strlen(prefix);

    if (strncmp(str, prefix, length) != 0) {
        return 0;
    }
    if (rest != NULL) {
        *rest = str + length;
    }
    return 1;
}

static inline void pstrcpy(char *buf, int size, const char *str)
{
    if (size > 0) {
        snprintf(buf, (size_t)size, "%s", str);
    }
}

#endif
