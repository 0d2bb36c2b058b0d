/*
 * Scopes that owe cleanups, jumps through them, setjmp, function pointers, static locals, atomics, barriers,
 * structures by value, and pointers compared and subtracted.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLEANUP(f) __attribute__((cleanup(f)))
#define barrier() __asm__ __volatile__("" ::: "memory")

static int depth;

static void drop(const char **name)
{
    printf("-%s ", *name ? *name : "(none)");
}
static void release(char **block)
{
    free(*block);
    depth--;
}

typedef struct Guard { int *lock; } Guard;
static Guard guard_take(int *lock)
{
    ++*lock;
    return (Guard) { lock };
}
static void guard_drop(Guard *guard)
{
    if (guard->lock) {
        --*guard->lock;
    }
}
#define WITH(l) \
    for (CLEANUP(guard_drop) Guard g_ = guard_take(l); g_.lock; guard_drop(&g_), g_.lock = NULL)
#define GUARD(l) CLEANUP(guard_drop) Guard guard_##__LINE__ = guard_take(l)

static int lock;

static int guarded(int n)
{
    GUARD(&lock);
    WITH (&lock) {
        if (n == 0) {
            return lock;
        }
        WITH (&lock) {
            if (n == 1) {
                break;
            }
            if (n == 2) {
                goto out;
            }
            if (n == 3) {
                continue;
            }
            return lock * 100;
        }
        if (n == 3) {
            return lock * 10;
        }
    }
    return lock + 1000;
out:
    return lock + 2000;
}

static int scopes(int n)
{
    CLEANUP(drop) const char *a = "a";
    int i;

    for (i = 0; i < 4; i++) {
        CLEANUP(drop) const char *b = i & 1 ? "odd" : "even";
        switch (n) {
        case 0: {
            CLEANUP(drop) const char *c = "c0";
            break;
        }
        case 1: {
            CLEANUP(drop) const char *c = "c1";
            continue;
        }
        case 2: {
            CLEANUP(drop) const char *c = "c2", *d = "d2";
            if (i == 2) {
                goto done;
            }
        }
            /* fall through */
        case 3:
            if (i == 1) {
                return i;
            }
            break;
        default: {
            CLEANUP(release) char *block = malloc(10);
            depth++;
            if (i == n - 10) {
                return depth * 100 + i;
            }
        }
        }
        do {
            CLEANUP(drop) const char *e = "e";
            if (i == 3) {
                break;
            }
        } while (0);
    }
done:
    a = NULL;
    return i * 10;
}

static jmp_buf escape_route;
static int volatile tries;

static void fails(int n)
{
    char big[64] = { 0 };

    if (n == 0) {
        tries++;
        longjmp(escape_route, tries);
    }
    big[n] = n;
    fails(n - 1);
    printf("never %d\n", big[n]);
}

static int jumps(void)
{
    volatile int seen = 0;
    int code;

    switch (code = setjmp(escape_route)) {
    case 0:
        seen = 1;
        fails(5);
        break;
    case 3:
        break;
    default:
        seen += code * 10;
        fails(code);
    }
    while (setjmp(escape_route) < 6) {
        fails(1);
    }
    if (!setjmp(escape_route)) {
        longjmp(escape_route, 0);
    }
    return seen * 100 + tries;
}

typedef long (*binary)(long, long);
typedef struct Pair { short a; long b; char c[5]; } Pair;

static long plus(long a, long b) { return a + b; }
static long minus(long a, long b) { return a - b; }
static long apply(binary f, long a, long b) { return (**f)(a, b); }
static binary choose(int which) { return which ? &plus : minus; }
static int (*nested(int n))(const char *, ...) { return n ? printf : NULL; }
static Pair swap(Pair p, int by)
{
    p.a += by;
    p.c[0] ^= 0x20;
    return p;
}
static struct { float x; } small_record(unsigned char c) { return (typeof(small_record(0))) { c / 2.0f }; }
static unsigned char narrow(int x) { return x; }
static _Bool truth(double d) { return d; }
static float half(float f, char c) { return f / 2 + c; }

static void functions(void)
{
    static const struct { const char *name; binary f; } table[] = { { "plus", plus }, { "minus", minus } };
    Pair p = { 1, 2, "abcd" }, q;
    Pair (*through)(Pair, int) = swap;
    unsigned i;

    for (i = 0; i < 2; i++) {
        printf("%s %ld %ld ", table[i].name, table[i].f(7, 9), apply(choose(i), 7, 9));
    }
    printf("%d\n", choose(1) == plus && choose(0) != plus && !!choose(0));
    nested(1)("called %s\n", "by pointer");
    q = swap(swap(p, 5), 6);
    printf("%d %ld %s %d %s\n", q.a, q.b, q.c, through(q, 1).a, swap(q, 1).c + 1);
    printf("%g %d %d %d %g\n", small_record(9).x, narrow(511), narrow(-1), truth(0.25), half(5, 'a'));
    p = q, q = (Pair) { .b = p.b };
    printf("%d %d %ld\n", p.a, q.a, memcmp(&p, &q, sizeof p) ? q.b : -1);
}

static int counter(void)
{
    static int calls = 40;
    static int *self = &calls;
    static char name[] = "static";
    {
        static int calls = 7;
        name[0] = 'a' + calls++ % 26;
    }
    printf("%s ", name);
    return ++*self;
}

static void atomics(void)
{
    _Atomic int a = 5;
    atomic_ulong b = 1;
    int plain = 10, expected = 9;
    long word = -1;
    void *pointer = &plain, *old;
    bool flag = false;

    a += 3;
    a++;
    printf("%d ", a);
    printf("%d ", atomic_fetch_add(&a, 10));
    printf("%d ", atomic_load(&a));
    atomic_store(&b, 77);
    printf("%lu ", atomic_exchange(&b, 78));
    printf("%d ", __atomic_fetch_sub(&plain, 3, __ATOMIC_SEQ_CST));
    printf("%d ", __atomic_add_fetch(&plain, 5, __ATOMIC_RELAXED));
    printf("%d ", __sync_fetch_and_or(&plain, 0x100));
    printf("%d\n", __sync_xor_and_fetch(&plain, 0xff));
    printf("%d ", __atomic_compare_exchange_n(&plain, &expected, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    printf("%d ", expected);
    printf("%d ", __atomic_compare_exchange_n(&plain, &expected, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    printf("%d ", plain);
    printf("%d ", __sync_bool_compare_and_swap(&plain, 1, 2));
    printf("%d ", __sync_val_compare_and_swap(&plain, 1, 3));
    printf("%ld ", __atomic_fetch_nand(&word, 0xf0, __ATOMIC_ACQ_REL));
    printf("%lx ", word);
    old = __atomic_exchange_n(&pointer, NULL, __ATOMIC_SEQ_CST);
    printf("%d %d ", old == (void *)&plain, __atomic_load_n(&pointer, __ATOMIC_CONSUME) == NULL);
    printf("%d ", __atomic_test_and_set(&flag, __ATOMIC_SEQ_CST));
    printf("%d\n", flag);
    __atomic_clear(&flag, __ATOMIC_RELEASE);
    __atomic_load(&plain, &expected, __ATOMIC_SEQ_CST);
    __sync_synchronize();
    barrier();
    printf("%d %d %d\n", flag, expected, (int)__atomic_always_lock_free(4, 0));
}

static void pointers(void)
{
    int a[10];
    int *p = a + 7, *q = &a[2], *end = a + 10;
    char *bytes = (char *)a;
    struct { int x; struct { char c[3]; } in[4]; } r, *rp = &r;
    void *v = p;
    uintptr_t n = (uintptr_t)p;

    printf("%td %td %d %d %d\n", p - q, q - p, p > q, p == end - 3, end >= p);
    printf("%td %td %zu\n", (char *)p - bytes, &rp->in[3].c[2] - (char *)rp, (size_t)(v - (void *)q));
    printf("%d %d %d\n", !p, p && q, (n & 3) == 0 && *(&p) == (int *)n);
    for (p = end; p-- > a;) {
        *p = p - a;
    }
    p = a;
    printf("%d ", *p++);
    printf("%d ", *++p);
    printf("%d\n", -p[-1]);
    printf("%d %d %d\n", 3[a], (a + 5)[-1], *(int *)(bytes + 5 * sizeof(int)));
    q = &a[9];
    q -= (unsigned char)260;
    printf("%td %d\n", q - a, a[(signed char)(unsigned char)3 - 2u + 1]);
}

int main(void)
{
    int i;

    for (i = 0; i < 5; i++) {
        printf("%d %d\n", guarded(i), lock);
    }
    for (i = 0; i < 14; i++) {
        printf("= %d\n", scopes(i));
    }
    printf("%d %d\n", jumps(), depth);
    functions();
    counter();
    counter();
    printf("%d\n", counter());
    atomics();
    pointers();
    return 7;
}
