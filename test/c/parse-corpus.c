/* Every check holds under gcc; main returns the line of the first that does not. */
#define CHECK(c) do { if (!(c)) return __LINE__; } while (0)
typedef unsigned long size_t; typedef __builtin_va_list va_list;
struct p { int x, y; }; struct q { char c; struct p a[3]; union { int i; float f; }; struct { short s1, s2; } in; };
static struct q g1 = { 'a', { { 1, 2 }, 3, 4, { .y = 6 } }, { 7 }, { 8, 9 } };
static struct q g2 = { .a[1].y = 5, .a[2] = { 1, 2 }, .i = 3, .in.s2 = 4, .c = 'z' };
static struct q g3 = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
static int g4[10] = { [2 ... 4] = 7, 8, [0] = 1 };
static int g5[][2] = { { 1 }, { 2, 3 }, 4 };
static char g6[3] = "abc", g7[] = "x" "yz", g8[2][4] = { "ab", { 'c', 'd' } };
static struct { char n[4]; int v; } g9[] = { { "one", 1 }, { "two", 2 }, "thr", 3 };
static int *g10 = (int[]){ 4, 5, 6 }; static struct p *g11 = &(struct p){ 1, 2 };
static struct { int n; int flex[]; } g12 = { 2, { 10, 20 } };
static union { struct { int a, b; } s; long l; } g13[2] = { { { 1, 2 } }, { .l = -1 } };
static int (*ops[])(int, int); static int add(int a, int b) { return a + b; } static int sub(int a, int b) { return a - b; }
static int (*ops[])(int, int) = { add, sub, [3] = add };
static size_t g14 = sizeof g9 / sizeof *g9; enum { A = 3, Bb, C = A * 2, D };
static int kr(a, b, c) int a; char *b; { return a + b[0] + c; }
static int vsum(int n, ...) { va_list ap; int s = 0; __builtin_va_start(ap, n); while (n--) s += __builtin_va_arg(ap, int); __builtin_va_end(ap); return s; }
static struct p mk(int x, int y) { return (struct p){ x, y }; } static struct p swap(struct p v) { int t = v.x; v.x = v.y; v.y = t; return v; }
struct bf { unsigned a : 3; int b : 5; unsigned c : 12; long d : 40; _Bool e : 1; };
static int sw(int x) { switch (x) { case 1: return 10; case 2 ... 5: return 20; default: return 30; case -1: return 40; } }
static int cl; static void cleaner(int *p) { cl += *p; } static int useclean(void) { __attribute__((cleanup(cleaner))) int v = 5; int w __attribute__((cleanup(cleaner))) = 2; return v + w; }
static int vla(int n) { int a[n]; int m[n][n + 1]; n += 100; for (unsigned i = 0; i < sizeof a / sizeof *a; i++) a[i] = i; m[1][2] = 7; (*(m + 1))[1] = 4; return sizeof m + a[2] + m[1][2] + m[1][1]; }
static int vp(int n, int a[n][n]) { return a[1][1] + (int)sizeof a[0]; }
static int counter(void) { static int n = 3; return n++; } static int goto1(void) { int i = 0; again: if (++i < 5) goto again; return i; }
static int cgoto(int k) { static void *t[] = { &&a, &&b }; goto *t[k]; a: return 1; b: return 2; }
#define MAX(a, b) ({ __typeof__(a) _a = (a); __auto_type _b = (b); _a > _b ? _a : _b; })
#define container_of(p, T, m) ({ const __typeof__(((T *)0)->m) *__m = (p); (T *)((char *)__m - __builtin_offsetof(T, m)); })
#define LOCAL(x) ({ __label__ out; int r = 0; if (x) goto out; r = 1; out: r; })
typedef union { int *ip; float *fp; } tu __attribute__((transparent_union)); static int tuf(tu v) { return *v.ip; }
int tentative; int tentative; extern int later; static int uselater(void) { return later; } int later = 17;
int main(void) {
 
  CHECK(g1.a[0].x == 1 && g1.a[1].y == 4 && g1.a[2].x == 0 && g1.a[2].y == 6 && g1.i == 7 && g1.in.s1 == 8 && g1.in.s2 == 9);
 
  CHECK(g2.a[1].y == 5 && g2.a[2].x == 1 && g2.i == 3 && g2.in.s2 == 4 && g2.c == 'z' && g2.a[0].x == 0);
 
  CHECK(g3.c == 1 && g3.a[2].y == 7 && g3.i == 8 && g3.in.s1 == 9 && g3.in.s2 == 10);
 
  CHECK(g4[1] == 0 && g4[2] == 7 && g4[4] == 7 && g4[5] == 8 && g4[0] == 1);
  CHECK(sizeof g5 == 24 && g5[0][1] == 0 && g5[1][1] == 3 && g5[2][0] == 4);
 
  CHECK(g6[2] == 'c' && sizeof g7 == 4 && g8[0][1] == 'b' && g8[1][1] == 'd' && g8[1][2] == 0);
  CHECK(g14 == 3 && g9[2].n[1] == 'h' && g9[2].v == 3 && g9[1].v == 2);
 
  CHECK(g10[2] == 6 && g11->y == 2 && g12.flex[1] == 20 && g13[0].s.b == 2 && g13[1].s.a == -1);
  CHECK(ops[0](3, 4) == 7 && (*ops[1])(3, 4) == -1 && !ops[2] && ops[3]);
 
  CHECK(kr(1, "A", 2) == 68 && vsum(3, 1, 2, 3) == 6 && swap(mk(1, 2)).x == 2 && C == 6 && D == 7);
  struct bf v = { 9, -3, 0xfff, -1L << 39, 5 };
  CHECK(v.a == 1 && v.b == -3 && v.c == 0xfff && v.d == -1L << 39 && v.e == 1); v.b += 20;
  CHECK(v.b == -15);
  CHECK((v.a = 10) == 2); v.c++;
  CHECK(v.c == 0);
  CHECK(v.a++ == 2 && v.a == 3);
  CHECK(v.a - 5 < 0);
 
  CHECK(sw(1) == 10 && sw(4) == 20 && sw(9) == 30 && sw(-1) == 40);
  CHECK(useclean() == 7 && cl == 7);
  CHECK(vla(3) == 48 + 2 + 7 + 4); int sq[2][2] = { { 1, 2 }, { 3, 4 } };
  CHECK(vp(2, sq) == 12);
  counter();
  CHECK(counter() == 4);
  CHECK(goto1() == 5 && cgoto(0) == 1 && cgoto(1) == 2);
  CHECK(MAX(3, 4L) == 4); struct q *qq = &g1;
  CHECK(container_of(&qq->in.s1, struct q, in.s1) == &g1);
 
  CHECK(LOCAL(1) == 0 && LOCAL(0) == 1); int seven = 7;
  CHECK(tuf(&seven) == 7);
  CHECK(uselater() == 17);
  unsigned char uc = 250; uc += 10;
  CHECK(uc == 4); uc = 255;
  CHECK(uc + 1 == 256);
  CHECK((unsigned char)(uc + 1) == 0); signed char sc = 127; sc++;
  CHECK(sc == -128); short sh = 1; sh <<= 15;
  CHECK(sh == -32768); unsigned u = 1;
  CHECK(u - 2 > 0); long l = -1;
  CHECK(l < 0 && l > -2u == 0 ? 1 : 1);
  CHECK((u << 31) >> 31 == 1);
  CHECK(-1 >> 1 == -1); int i = 5; i *= 2.5;
  CHECK(i == 12); i /= 5;
  CHECK(i == 2); i <<= 3L;
  CHECK(i == 16); i = i++ + ++i ? i : 0;
  int a[5] = { 1, 2, 3, 4, 5 }, *p = a + 2;
  CHECK(p[-1] == 2 && *p++ == 3 && *p == 4 && *--p == 3 && p - a == 2 && 1[a] == 2 && &a[4] - &a[1] == 3 && &p[1] == a + 3);
  CHECK(*(int *)((char *)a + 4) == 2); p -= 2;
  CHECK(p == a && *(p += 3) == 4);
  int x = 0;
  CHECK((x ?: 9) == 9 && (a[1] ?: 9) == 2);
  CHECK((x++, x) == 1 && x == 1);
  CHECK(!x == 0 && !!x);
  CHECK((x ? 1 : 2.5) == 1.0);
  CHECK(sizeof(x++) == 4 && x == 1); float fl = 0.1f;
  CHECK(fl != 0.1 && fl == 0.1f);
  CHECK((int)-1.5 == -1);
  CHECK((_Bool)0.25 == 1 && (_Bool) & x == 1);
  CHECK(__func__[0] == 'm' && sizeof __func__ == 5);
  unsigned long ov;
  CHECK(__builtin_add_overflow(~0ul, 1ul, &ov) && ov == 0); int iv;
  CHECK(!__builtin_mul_overflow(6, 7, &iv) && iv == 42);
  CHECK(__builtin_clz(1) == 31 && __builtin_ctzl(8) == 3 && __builtin_popcountll(255) == 8 && __builtin_bswap32(0x01020304) == 0x04030201 && __builtin_ffs(0) == 0 && __builtin_bswap16(0x0102) == 0x0201);
  int at = 5;
  CHECK(__atomic_fetch_add(&at, 3, 5) == 5 && __atomic_add_fetch(&at, 1, 5) == 9 && __atomic_load_n(&at, 5) == 9); int ex = 9;
  CHECK(__atomic_compare_exchange_n(&at, &ex, 1, 0, 5, 5) && at == 1);
  CHECK(__sync_bool_compare_and_swap(&at, 1, 2) && at == 2 && __sync_val_compare_and_swap(&at, 2, 3) == 2 && __sync_fetch_and_add(&at, 1) == 3 && __sync_lock_test_and_set(&at, 8) == 4); int to; __atomic_load(&at, &to, 5);
  CHECK(to == 8); char flag = 0;
  CHECK(!__atomic_test_and_set(&flag, 5) && __atomic_test_and_set(&flag, 5)); __sync_synchronize();
  for (int k = 0, m = 10; k < m; k++, m--) { if (k == 2) continue; if (k == 4) break; x += k; }
  CHECK(x == 1 + 0 + 1 + 3); do x--; while (x > 2);
  CHECK(x == 2); { typedef int T; { T T = 3;
  CHECK(T == 3); } } { struct p { char z; } w = { 4 };
  CHECK(sizeof w == 1 && w.z == 4); }
  struct p pa[2] = { mk(1, 2), mk(3, 4) }, pb = pa[1]; pa[0] = pb;
  CHECK(pa[0].y == 4); struct { struct p in; int z; } nest = { mk(5, 6), 7 };
  CHECK(nest.in.y == 6 && nest.z == 7);
  CHECK(((struct p){ .y = 3 }).y == 3); struct p *pp = (struct p[]){ { 1, 2 }, { 3, 4 } };
  CHECK(pp[1].x == 3); __int128 big = (__int128)1 << 100;
  CHECK((long)(big >> 98) == 4); unsigned __int128 ub = -1;
  CHECK(ub >> 127 == 1);
  switch (3) { int skipped; case 3: skipped = 1;
  CHECK(skipped); } if (0) { lab: return 0; } extern int later;
  CHECK(later == 17); int (*fp)(int, int) = &add;
  CHECK((fp == add) && (**fp)(1, 1) == 2); void *v0 = 0;
  CHECK(v0 == 0 && !v0);
  CHECK((char)-1 < 0 && '\xff' == -1 && L'\xff' == 255 && "\x41\102"[1] == 'B' && L"\u00e9"[0] == 0xe9);
  CHECK(_Generic(x, long: 0, int: 1)); long double ld = 1.5L;
  CHECK(ld * 2 == 3);
  CHECK(__builtin_types_compatible_p(__typeof__(a), int[5])); goto lab;
}
