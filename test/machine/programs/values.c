/*
 * Objects and their representation: bit-fields, unions, compound literals, designated initializers, flexible and
 * variable-length arrays, wide integers, generic selection, and arithmetic that is checked for overflow.
 */
#include <alloca.h>
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned __int128 u128;
typedef __int128 i128;

static void wide(const char *what, i128 value)
{
    printf("%s %016llx%016llx\n", what, (unsigned long long)((u128)value >> 64), (unsigned long long)value);
}

static void int128(void)
{
    i128 a = (i128)0x123456789abcdefLL * 0x7edcba9876543210LL;
    u128 b = ~(u128)0 / 3;
    struct { char c; i128 v; short s; } in = { 1, -5, 2 };

    wide("mul", a);
    wide("neg", -a);
    wide("div", a / -12345678901LL);
    wide("mod", a % 1000000007);
    wide("shl", a << 37);
    wide("shr", -a >> 65);
    wide("ushr", b >> 127);
    wide("and", a & b);
    wide("xor", ~a ^ b);
    wide("field", in.v * in.s);
    printf("%d %d %d %zu %zu\n", a > 0, (u128)-1 > b, (i128)-1 < 0, sizeof in, offsetof(typeof(in), s));
    printf("%.1f %.1f %llu\n", (double)a, (double)b, (unsigned long long)(u128)1e20);
    wide("float", (i128)-3.99e25);
    in.v += 1ULL << 63;
    in.v++;
    wide("update", in.v);
    wide("compare", a < (i128)b ? a : b);
}

#define KIND(x) _Generic((x), int: "int", unsigned: "unsigned", long: "long", char *: "char *", \
    const char *: "const char *", double: "double", float: "float", _Bool: "bool", char: "char", \
    struct generic_s: "struct", int (*)(int): "function", void *: "void *", default: "other")
struct generic_s { int x; };
static int identity(int x)
{
    return x;
}

static void generic(void)
{
    struct generic_s s = { 0 };
    const char *text = "x";
    short sh = 0;
    int evaluated = 0;

    printf("%s %s %s %s %s\n", KIND(1), KIND(1u), KIND(1L), KIND("x"), KIND(text));
    printf("%s %s %s %s %s\n", KIND(1.0), KIND(1.0f), KIND((_Bool)1), KIND((char)1), KIND('c'));
    printf("%s %s %s %s %s\n", KIND(s), KIND(identity), KIND(&s), KIND(sh), KIND(sh + sh));
    printf("%s %d\n", _Generic(evaluated++, int: "not run", default: "?"), evaluated);
    printf("%d %d\n", __builtin_types_compatible_p(int, typeof(sh + 1)), __builtin_types_compatible_p(long, long long));
    printf("%d\n", __builtin_choose_expr(sizeof(int) == 4, 1, (char *)0));
}

struct bits {
    unsigned a : 3;
    signed b : 5;
    unsigned long c : 31;
    _Bool d : 1;
    unsigned : 0;
    int e : 32;
    unsigned char f : 7;
    enum { RED, GREEN = 2, BLUE } g : 3;
    long long h : 20;
};
struct __attribute__((packed)) tight {
    unsigned a : 5;
    unsigned b : 30;
    short c;
    unsigned char d : 3, e : 7;
    long f : 50;
};

static void bit_fields(void)
{
    struct bits s = { 9, -17, 0x123456789, 4, -1, 200, BLUE, -600000 };
    struct tight t = { .a = 33, .b = 0x3edcba98, .c = -2, .d = 6, .e = 0x7b, .f = -0x123456789abc };
    union { struct tight t; unsigned char bytes[sizeof(struct tight)]; } u = { .bytes = { 0 } };
    size_t i;

    printf("%zu %zu\n", sizeof s, sizeof t);
    printf("%d %d %lu %d %d %d %d %lld\n", s.a, s.b, (unsigned long)s.c, s.d, s.e, s.f, s.g, (long long)s.h);
    printf("%d ", s.a--);
    printf("%d %d %d\n", ++s.a, s.b += 40, s.f <<= 3);
    printf("%d %d\n", s.a - 10 < 0, s.c - 0x7fffffff < 0);
    s.d = 256;
    s.h |= 5;
    printf("%d %d %lld\n", s.d, (s.b = 77), (long long)s.h);
    printf("%u %u %d %d %d %lx\n", t.a, t.b, t.c, t.d, t.e, (long)t.f);
    u.t = t;
    u.t.b ^= 0x15555555;
    u.t.f++;
    u.t.e -= 200;
    for (i = 0; i < sizeof u.bytes; i++) {
        printf("%02x", u.bytes[i]);
    }
    printf("\n");
}

union pun {
    double d;
    float f[2];
    uint64_t u;
    int32_t i[2];
    unsigned char c[8];
    struct { uint16_t lo, hi; } h;
};

static void punning(void)
{
    union pun p = { 3.141592653589793 };
    float f = -0.5f;
    unsigned bits;
    char buffer[16] = { 0 };

    printf("%llx %d %d %u %u %02x\n", (unsigned long long)p.u, p.i[0], p.i[1], p.h.lo, p.h.hi, p.c[7]);
    p.c[7] = 0xc0;
    printf("%.15g\n", p.d);
    p.f[1] = 1.25f;
    printf("%llx\n", (unsigned long long)p.u);
    memcpy(&bits, &f, 4);
    printf("%x\n", bits);
    *(int *)(buffer + 1) = 0x11223344;
    *(long *)(buffer + 7) = -2;
    printf("%x %x %lx %d\n", buffer[1], *(short *)(buffer + 3), *(long *)(buffer + 3), *(int *)(buffer + 9));
}

struct inner { int x, y[3]; const char *name; };
struct outer { struct inner in[2]; union { int i; char c[4]; } u; struct { int deep; }; int tail[]; };

static struct outer table[] = {
    [1] = { .in[1] = { .y = { [2] = 7, [0] = 5 }, .name = "b" }, .u.c = "xyz", .deep = 4 },
    [0].in = { { 1, { 2, 3 }, "a" }, [1].y[1] = 9 },
};
static int grid[][3] = { { 1 }, { [1] = 5, 6 }, [4] = { 7 }, [2 ... 3] = { [0 ... 2] = 8 } };
static char texts[3][4] = { "abcd", { 'e', 0 }, "f" };

static void initializers(void)
{
    struct inner local = { .y[1] = 3, 4, .x = 2, .x = 6 };
    struct inner copy = *&(struct inner) { .name = "lit", .y = { 1, 2, 3 } };
    int *list = (int[]) { 5, 6, 7, [5] = 9 };
    int i, j;

    for (i = 0; i < 2; i++) {
        for (j = 0; j < 2; j++) {
            struct inner *in = &table[i].in[j];
            printf("%d %d %d %d %s|", in->x, in->y[0], in->y[1], in->y[2], in->name ? in->name : "-");
        }
        printf("%.4s %d\n", table[i].u.c, table[i].deep);
    }
    printf("%zu:", sizeof grid / sizeof grid[0]);
    for (i = 0; i < 15; i++) {
        printf(" %d", grid[i / 3][i % 3]);
    }
    printf("\n%.4s %s %s\n", texts[0], texts[1], texts[2]);
    printf("%d %d %d %d %s\n", local.x, local.y[0], local.y[1], local.y[2], copy.name);
    for (i = 0; i < 3; i++) {
        int *fresh = (int[]) { i, i * i };
        fresh[1]++;
        printf("%d %d %d\n", list[i], list[i + 3], fresh[1]);
    }
    printf("%zu %zu\n", sizeof(struct outer), offsetof(struct outer, tail));
    printf("%zu %zu\n", offsetof(struct outer, in[1].y[2]), (size_t)&((struct outer *)0)->in[1].name);
}

struct flexible { unsigned n; struct { short s; char c; } items[]; };

static void flexible(int n)
{
    struct flexible *f = malloc(sizeof *f + n * sizeof f->items[0]);
    int i, sum = 0;

    f->n = n;
    for (i = 0; i < n; i++) {
        f->items[i].s = i * 1000;
        f->items[i].c = 'a' + i;
    }
    for (i = n - 1; i >= 0; i--) {
        sum = sum * 31 + f->items[i].s + f->items[i].c;
    }
    printf("%zu %zu %d\n", sizeof *f, sizeof f->items[0], sum);
    free(f);
}

static int vla_sum(int rows, int columns, int a[rows][columns])
{
    int sum = 0, i, j;

    for (i = 0; i < rows; i++) {
        for (j = 0; j < columns; j++) {
            sum += a[i][j] * (i + 1);
        }
    }
    return sum;
}

static void vla(int n)
{
    int a[n][n + 1];
    int (*row)[n + 1] = a;
    char *space = alloca(n * 3);
    int i, j;

    for (i = 0; i < n; i++) {
        for (j = 0; j <= n; j++) {
            a[i][j] = i * 10 + j;
        }
    }
    row += 2;
    printf("%zu %zu %d %d %td\n", sizeof a, sizeof *row, (*row)[3], vla_sum(n, n + 1, a), &a[2][1] - &a[0][0]);
    for (i = 1; i < 2000; i++) {
        int again[i % 7 + 1];
        memset(again, i & 1, sizeof again);
        space[i % (n * 3)] = sizeof again + again[0];
    }
    printf("%d %d\n", space[0], space[n]);
    typedef int T[n];
    n++;
    T t;
    printf("%zu\n", sizeof t / sizeof t[0]);
}

static void overflow(void)
{
    int i;
    unsigned u;
    long l;
    signed char c;
    unsigned long long ull;
    size_t size;

    printf("%d ", __builtin_add_overflow(INT_MAX, 1, &i));
    printf("%d\n", i);
    printf("%d ", __builtin_sub_overflow(1u, 2u, &u));
    printf("%u\n", u);
    printf("%d ", __builtin_mul_overflow(LONG_MAX / 2, 3, &l));
    printf("%ld\n", l);
    printf("%d ", __builtin_add_overflow(100, 27, &c));
    printf("%d ", __builtin_add_overflow(100, 28, &c));
    printf("%d\n", c);
    printf("%d ", __builtin_mul_overflow(-1, 1, &ull));
    printf("%llx\n", ull);
    printf("%d ", __builtin_sub_overflow(5L, -1, &u));
    printf("%u\n", u);
    printf("%d\n", __builtin_umull_overflow(1ul << 63, 2, &size));
    printf("%d %d\n", __builtin_add_overflow_p(INT_MAX, 1, 0), __builtin_mul_overflow_p(3, 4, (char)0));
    printf("%d %d %d %d\n", __builtin_clz(1), __builtin_clzl(1), __builtin_ctzll(1ull << 40), __builtin_ffs(0));
    printf("%d %d %d\n", __builtin_popcountl(-1L), __builtin_parity(7), __builtin_clrsb(-1));
    printf("%x %x %lx\n", __builtin_bswap16(0x1234), __builtin_bswap32(0x12345678), __builtin_bswap64(0x123456789abcdef0));
}

static long addup(const char *format, ...)
{
    va_list args, copy;
    long sum = 0;

    va_start(args, format);
    va_copy(copy, args);
    for (; *format; format++) {
        switch (*format) {
        case 'i': sum = sum * 7 + va_arg(args, int); break;
        case 'l': sum = sum * 7 + va_arg(args, long); break;
        case 'd': sum = sum * 7 + (long)(va_arg(args, double) * 4); break;
        case 'p': sum = sum * 7 + *va_arg(args, int *); break;
        case 's': { struct inner s = va_arg(args, struct inner); sum = sum * 7 + s.y[2]; break; }
        case 'c': sum = sum * 7 + (char)va_arg(args, int); break;
        case 'w': sum = sum * 7 + (long)(va_arg(args, i128) >> 60); break;
        case 'u': sum = sum * 7 + va_arg(args, unsigned); break;
        }
    }
    va_end(args);
    sum += va_arg(copy, int);
    va_end(copy);
    return sum;
}

static void variadic(void)
{
    int x = 11;
    struct inner s = { 1, { 2, 3, 4 }, "s" };

    printf("%ld\n", addup("ildpsc", 1, 2L, 3.25f, &x, s, (char)-3));
    printf("%ld\n", addup("iwuidid", (short)-1, (i128)5 << 61, 4000000000u, 5, 6.5, 7, 8.0));
    printf("%ld\n", addup("iiiiiiiiiiii", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
}

int main(void)
{
    int128();
    generic();
    bit_fields();
    punning();
    initializers();
    flexible(5);
    vla(6);
    overflow();
    variadic();
    return 0;
}
