/*
 * Jumps out of statement expressions: return, break, continue and goto, through scopes that owe cleanups,
 * in every place where an expression can stand.
 */
#include <stdio.h>

static void say(int *p)
{
    printf("[clean %d]", *p);
}
#define OWED(n) __attribute__((cleanup(say))) int owed_##n = n
#define CHECK(x) ({ int v_ = (x); if (v_ < 0) return -100; v_; })

static int add(int a, int b)
{
    return a + b;
}

static int returns(int n)
{
    OWED(1);
    int r = add(CHECK(n), CHECK(n - 1));
    OWED(2);
    r += CHECK(n - 2) * 2;
    if (CHECK(n - 3) > 4) {
        OWED(3);
        r += CHECK(5 - n);
    }
    return r + CHECK(n - 4);
}

static int loops(int limit)
{
    int i, sum = 0;

    for (i = 0; i < 20; i++) {
        OWED(4);
        sum += ({ if (i % 3 == 0) continue; i; });
        sum += ({ if (i > limit) break; 1; });
        printf("(%d)", i);
    }
    while (({ if (sum > 1000) return 1000; sum < 40; })) {
        sum += ({ int k; for (k = 0; k < 10; k++) { if (k == 7) break; } k; });
    }
    do {
        sum--;
    } while (({ if (sum < 30) goto out; sum > 20; }));
    printf("never");
out:
    for (OWED(5); sum < ({ if (sum == 33) return 33; 40; }); sum++) {
        printf("<%d>", sum);
    }
    return sum;
}

static int switches(int n)
{
    int r = 0;

    switch (({ if (n == 9) return 900; n; })) {
    case 0:
        r = ({ if (n == 0) break; 7; });
        printf("never");
    case 1:
        r += 1;
        /* fall through */
    case 2:
        r += ({ switch (n) { case 1: r += 10; break; default: r += 20; } 5; });
        break;
    case 3 ... 5:
        for (;;) {
            r += ({ if (r > 10) goto done; n; });
        }
    case 1000 ... 1000000:
        r = 77;
        break;
    default:
        r = -1;
    }
    r += 1000;
done:
    return r;
}

static int nested(int n)
{
    OWED(6);
    return 1 + ({
        OWED(7);
        int a = ({
            OWED(8);
            if (n == 1) {
                return 11;
            }
            if (n == 2) {
                goto end;
            }
            n * 2;
        });
        a + ({ if (n == 3) goto end; 3; });
    });
end:
    printf("end ");
    return 12;
}

static int inner_labels(int n)
{
    int sum = 0;

    sum += ({
        __label__ again, out;
        int i = 0;
again:
        i++;
        if (i > 8) {
            goto out;
        }
        if (i < n) {
            goto again;
        }
        if (n == 5) {
            return 55;
        }
out:
        i;
    });
    sum += ({ int j = n; switch (j) { case 1: if (sum > 0) { case 2: j = 20; } default: j++; } j; });
    return sum;
}

static int back_over_cleanup(int n)
{
    int i = 0;
again:
    i++;
    OWED(9);
    owed_9 = i;
    if (i < n) {
        goto again;
    }
    return i;
}

static int recursive(int n)
{
    return n <= 0 ? 0 : n + ({ int below = recursive(n - 1); if (n == 4) return below; below; });
}

typedef struct Pair {
    long a, b;
} Pair;

static Pair record(int n)
{
    Pair p = { n, n + 1 };

    p.b = ({ if (n == 2) return (Pair) { 20, 21 }; p.a * 5; });
    return p;
}

static const char *threaded(const char *program, long *accumulator)
{
    static const void *const table[] = { &&inc, &&dbl, &&neg, &&stop };
    static const int offsets[] = { 0, 1, 2, 3 };
    const char *pc = program;

#define NEXT goto *table[offsets[*pc++ - 'a']]
    NEXT;
inc:
    *accumulator += 1;
    NEXT;
dbl:
    *accumulator *= 2;
    NEXT;
neg:
    *accumulator = -*accumulator;
    NEXT;
stop:
    return pc;
}

static int label_value(int which)
{
    void *to = which ? &&one : &&two;
    OWED(10);
    {
        OWED(11);
        owed_11 = ({ goto *to; 3; });
    }
    return -1;
one:
    return to == &&one;
two:
    return to == &&one ? 5 : 6;
}

int main(void)
{
    long accumulator = 3;
    int i;

    for (i = -1; i < 9; i++) {
        printf("returns %d\n", returns(i));
    }
    printf("loops %d\n", loops(7));
    printf("loops %d\n", loops(90));
    for (i = 0; i < 10; i++) {
        printf("switches %d\n", switches(i));
    }
    printf("switches %d %d\n", switches(1000), switches(1000001));
    for (i = 0; i < 5; i++) {
        printf("nested %d\n", nested(i));
    }
    for (i = 0; i < 7; i++) {
        printf("labels %d\n", inner_labels(i));
    }
    printf("back %d\n", back_over_cleanup(3));
    printf("recursive %d\n", recursive(7));
    for (i = 1; i < 4; i++) {
        Pair p = record(i);
        printf("record %ld %ld\n", p.a, p.b);
    }
    printf("left %s\n", threaded("aabbcabd!", &accumulator));
    printf("accumulator %ld\n", accumulator);
    printf("label %d %d\n", label_value(0), label_value(1));
    return 3;
}
