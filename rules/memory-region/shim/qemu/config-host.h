/*
 * What configuring a tree writes: a Linux host of 64 bits, no optional part.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_CONFIG_HOST_H
#define CHECK_LIFECYCLE_CONFIG_HOST_H

/* Trees of before 6.1 are GNU C99, and do not compile as anything newer. */
#if __has_include("qemu/osdep.h") && !__has_include("qemu/coroutine-tls.h")
#undef __STDC_VERSION__
#define __STDC_VERSION__ 199901L
#endif

#define CONFIG_POSIX 1
#define CONFIG_LINUX 1
#define CONFIG_INT128 1
#define CONFIG_ATOMIC64 1
#define CONFIG_QOM_CAST_DEBUG 1
#define CONFIG_IOVEC 1
#define HOST_X86_64 1
#define HOST_LONG_BITS 64
/* memory.c is compiled once for each kind of guest; so is everything here, for one. */
#define NEED_CPU_H 1
#define COMPILING_PER_TARGET 1
#define CONFIG_TARGET "config-target.h"
#define CONFIG_DEVICES "config-devices.h"
#define QEMU_VERSION "0"
#define QEMU_VERSION_MAJOR 0
#define QEMU_VERSION_MINOR 0
#define QEMU_VERSION_MICRO 0

#endif
