/* setjmp, longjmp, atexit, qsort with callbacks, and printing through va_list. */
#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static jmp_buf place;

static void deep(int n)
{
    if (n == 0) {
        longjmp(place, 7);
    }
    deep(n - 1);
}

static int descending(const void *a, const void *b)
{
    const int *x = a, *y = b;
    return (*x < *y) - (*x > *y);
}

static int to_text(char *to, size_t size, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(to, size, format, list);
    va_end(list);
    return length;
}

static void last(void)
{
    puts("last");
}

static void first(void)
{
    puts("first");
}

int main(void)
{
    volatile int round = 0;
    int code = setjmp(place);
    if (code == 0) {
        round++;
        deep(3);
    }
    printf("%d %d\n", code, round);

    int values[] = {3, 1, 2, 9, -4, 3};
    qsort(values, 6, sizeof values[0], descending);
    for (int i = 0; i < 6; i++) {
        printf("%d ", values[i]);
    }
    puts("");

    char text[12];
    printf("%d ", to_text(text, sizeof text, "%5.2f|%" PRIu64 "|%c", 3.14159, (uint64_t)1 << 63, 'x'));
    printf("%s\n", text);

    errno = 0;
    long number = strtol("99999999999999999999", NULL, 10);
    printf("%ld %s\n", number, strerror(errno));
    int line = 0;
    char word[16];
    while (fscanf(stdin, "%15s", word) == 1) {
        printf("%d:%s ", ++line, word);
    }
    printf("%d\n", feof(stdin) != 0);
    atexit(last);
    atexit(first);
    return 3;
}
