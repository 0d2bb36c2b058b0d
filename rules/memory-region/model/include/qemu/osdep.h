/*
 * What every file of the model includes first: libc, GLib, and QEMU's everyday macros.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_OSDEP_H
#define QEMU_OSDEP_H

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <glib.h>

#define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define ROUND_UP(n, d) ((((n) + (d) - 1) / (d)) * (d))
#define QEMU_ALIGN_DOWN(n, m) ((n) / (m) * (m))
#define QEMU_BUILD_BUG_ON(x) _Static_assert(!(x), "build bug: " #x)
#define QEMU_PACKED __attribute__((packed))
#define G_UNUSED_ __attribute__((unused))
#define likely(x) (x)
#define unlikely(x) (x)
#define glue_(a, b) a##b
#define glue(a, b) glue_(a, b)
#define stringify_(s) #s
#define stringify(s) stringify_(s)

#ifndef container_of
#define container_of(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))
#endif
#define DO_UPCAST(type, field, dev) container_of(dev, type, field)

/* Modules: a type registers itself before main. */
#define type_init(function)                                                       \
    static void __attribute__((constructor)) glue(do_qemu_init_, function)(void) \
    {                                                                             \
        function();                                                               \
    }

typedef struct AddressSpace AddressSpace;
typedef struct Error Error;
typedef struct MemoryListener MemoryListener;
typedef struct MemoryRegion MemoryRegion;
typedef struct MemoryRegionSection MemoryRegionSection;
typedef struct FlatView FlatView;
typedef struct Object Object;
typedef struct ObjectClass ObjectClass;
typedef struct Visitor Visitor;
typedef uint64_t hwaddr;
typedef uint64_t ram_addr_t;
#define HWADDR_PRIx PRIx64
#define HWADDR_PRIX PRIX64
#define RAM_ADDR_INVALID (~(ram_addr_t)0)

#include "qemu/atomic.h"

#endif
