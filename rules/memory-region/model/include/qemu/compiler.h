/*
 * Hints to the compiler and what leads from a member to its record.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_COMPILER_H
#define QEMU_COMPILER_H

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#define QEMU_NORETURN __attribute__((noreturn))
#define QEMU_PACKED __attribute__((packed))
#define QEMU_ALIGNED(n) __attribute__((aligned(n)))
#define QEMU_WARN_UNUSED_RESULT __attribute__((warn_unused_result))
#define QEMU_ALWAYS_INLINE __attribute__((always_inline))
#define QEMU_FALLTHROUGH __attribute__((fallthrough))
#define QEMU_USED __attribute__((used))
#define coroutine_fn
#define coroutine_mixed_fn
#define no_coroutine_fn
#define tsa_guarded_by(x)

#define xglue(a, b) a##b
#define glue(a, b) xglue(a, b)
#define stringify_(x) #x
#define stringify(x) stringify_(x)

#ifndef container_of
#define container_of(member_pointer, record, member)                                    \
    ({                                                                                  \
        const __typeof__(((record *)0)->member) *member_ = (member_pointer);             \
        (record *)((char *)member_ - offsetof(record, member));                         \
    })
#endif
#define sizeof_field(record, member) sizeof(((record *)0)->member)
#define DO_UPCAST(record, member, pointer) container_of(pointer, record, member)

#define QEMU_BUILD_BUG_MSG(x, message) _Static_assert(!(x), message)
#define QEMU_BUILD_BUG_ON(x) QEMU_BUILD_BUG_MSG(x, "must not hold: " #x)
#define qemu_build_not_reached() __builtin_trap()

#endif
