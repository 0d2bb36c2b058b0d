/*
 * Strings and blocks, in place of util/cutils.c and the host's own.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/cutils.h"
#if __has_include("qemu/memalign.h")
#include "qemu/memalign.h"
#endif

/* Whether `str` starts with `val`; `ptr` is set behind it. */
int strstart(const char *str, const char *val, const char **ptr)
{
    size_t length = strlen(val);

    if (strncmp(str, val, length) != 0) {
        return 0;
    }
    if (ptr) {
        *ptr = str + length;
    }
    return 1;
}

void *qemu_memalign(size_t alignment, size_t size)
{
    void *block = aligned_alloc(alignment, ROUND_UP(size, alignment));

    g_assert(block);
    return block;
}

void qemu_vfree(void *block)
{
    free(block);
}
