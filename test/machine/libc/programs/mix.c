/* A walk through most of the library: what is printed must be what glibc prints. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <limits.h>
#include <float.h>
#include <time.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <wchar.h>
#include <stddef.h>
#include <unistd.h>
#include <fcntl.h>
#include <signal.h>
static void on(int s) { printf("sig %d\n", s); }
static double sum(int n, ...) { va_list l, m; va_start(l, n); va_copy(m, l); double s = 0; for (int i = 0; i < n; i++) s += va_arg(l, double); printf("first %g\n", va_arg(m, double)); va_end(m); va_end(l); return s; }
struct S { char c; long l; };
static long rec(int n, ...) { va_list l; va_start(l, n); struct S s = va_arg(l, struct S); int k = va_arg(l, int); va_end(l); return s.c + s.l + k; }
static int cmps(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }
int main(int argc, char **argv) {
    printf("%d %s\n", argc, argc > 1 ? argv[1] : "none");
    printf("%g\n", sum(3, 1.5, 2.5, 3.0));
    printf("%ld\n", rec(1, (struct S){1, 2}, 3));
    const char *w[] = {"pear", "apple", "fig", "kiwi"};
    qsort(w, 4, sizeof *w, cmps);
    for (int i = 0; i < 4; i++) printf("%s%c", w[i], i < 3 ? ' ' : '\n');
    const char *key = "fig"; char **f = bsearch(&key, w, 4, sizeof *w, cmps); printf("%ld\n", (long)(f - (char **)w));
    char buf[64]; char *save; strcpy(buf, "a,b;c");
    for (char *t = strtok_r(buf, ",;", &save); t; t = strtok_r(NULL, ",;", &save)) printf("<%s>", t);
    puts("");
    FILE *fp = fopen("/tmp/libc-mix.txt", "w+"); if (!fp) { perror("fopen"); return 1; }
    for (int i = 0; i < 3; i++) fprintf(fp, "line %d %x\n", i, i * 100);
    rewind(fp); char *line = NULL; size_t cap = 0; ssize_t n;
    while ((n = getline(&line, &cap, fp)) > 0) printf("%zd:%s", n, line);
    free(line); fseek(fp, 5, SEEK_SET); int a, b; printf("%d", fscanf(fp, "%d %x", &a, &b)); printf(" %d %d %ld\n", a, b, ftell(fp)); fclose(fp); remove("/tmp/libc-mix.txt");
    signal(SIGUSR1, on); raise(SIGUSR1);
    for (int c = 0; c < 256; c++) { int m = !!isalnum(c) | !!isalpha(c) << 1 | !!isspace(c) << 2 | !!ispunct(c) << 3 | !!isxdigit(c) << 4 | !!iscntrl(c) << 5 | !!isgraph(c) << 6 | !!isprint(c) << 7; printf("%02x", m ^ toupper(c) ^ tolower(c)); } puts("");
    double xs[] = {0, 0.1, -1.5, 2.5, 1e10, -1e-10, 1.0 / 3, 700, DBL_MIN};
    for (unsigned i = 0; i < sizeof xs / sizeof *xs; i++) { double x = xs[i]; int e; double ip; double fr = frexp(x, &e), mf = modf(x, &ip); printf("%.17g %.17g %.17g %.17g %.17g %.17g %.17g %d ", floor(x), ceil(x), round(x), rint(x), trunc(x), fabs(x), fr, e); printf("%.17g %.17g ", mf, ip); printf("%.12g %.12g %.12g %.12g %.12g\n", sin(x), exp(x), atan(x), cbrt(x), tanh(x)); }
    printf("%.12g %.12g %.12g %.12g %.12g\n", pow(2, 0.5), fmod(7.5, -2), remainder(7.5, 2), hypot(3, 4), copysign(3, -0.0));
    printf("%ld %lld %ld\n", lround(-2.5), llrint(2.5), lrint(3.5));
    printf("%d %d %d %d\n", isnan(NAN) != 0, isinf(INFINITY) != 0, fpclassify(1.0) == FP_NORMAL, signbit(-0.0) != 0);
    printf("%f %g %e\n", (double)FLT_MAX, DBL_EPSILON, DBL_MIN);
    printf("%d %u %ld %lu %lld\n", INT_MIN, UINT_MAX, LONG_MIN, ULONG_MAX, LLONG_MAX);
    printf("%zu %td %jd %hhu %hd\n", (size_t)-1, (ptrdiff_t)-1, (intmax_t)INTMAX_MIN, 300, 70000);
    printf("%ls|%lc\n", L"wide", L'w');
    time_t t = 86400 * 365; struct tm *tm = gmtime(&t); char tb[80]; strftime(tb, sizeof tb, "%c %F %T %y %e %I %p %U", tm); printf("%s %d\n", tb, tm->tm_yday); printf("%s", asctime(tm));
    printf("%lu\n", wcslen(L"abc"));
    int fd = open("/nonexistent/x", O_RDONLY); printf("%d %d %s\n", fd, errno, strerror(errno));
    fflush(stdout);
    write(1, "raw\n", 4);
    char *dup = strndup("abcdef", 3); printf("%s %zu\n", dup, strlen(dup)); dup = realloc(dup, 100); strcat(dup, "XYZ"); puts(dup); free(dup);
    printf("%s %s\n", strstr("haystack", "st"), strpbrk("hello", "xl"));
    printf("%d %d\n", atoi("12abc"), abs(-4)); srand(7); for (int i = 0; i < 3; i++) { printf("%d ", rand() % 1000); } puts("");
    unsigned long ul = strtoul("0xffffffffffffffff", NULL, 16); printf("%lx %.3f\n", ul, strtod("3.14159xyz", NULL));
    char c1; int i1; float f1; double d1; char s1[20]; int k = sscanf("  42 3.5 2.25e1 hello:world q", "%d %f %lf %[^:]:%*s %c", &i1, &f1, &d1, s1, &c1); printf("%d %d %g %g %s %c\n", k, i1, f1, d1, s1, c1);
    char mem[8] = "abcdefg"; memmove(mem + 1, mem, 4); printf("%s\n", mem); printf("%p\n", (void *)0);
    char *as; int al = asprintf(&as, "%s-%03d", "x", 7); printf("%d %s\n", al, as); free(as);
    printf("%10.3s|%-10s|%+05d|%#x|%#o|% d\n", "abcdef", "hi", 42, 255, 8, 5);
    putchar('A'); putc('B', stdout); fputc('\n', stdout); fwrite("fw\n", 1, 3, stdout);
    exit(5);
}
