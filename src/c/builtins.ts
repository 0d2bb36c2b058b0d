import {
  BOOL,
  CHAR,
  DOUBLE,
  FLOAT,
  INT,
  LDOUBLE,
  LONG,
  pointerTo,
  UINT,
  UINT128,
  ULONG,
  USHORT,
  VOID,
} from './type-rules.ts';
import type { CType, FunctionType } from './types.ts';

const LETTERS: Readonly<Record<string, CType>> = {
  v: VOID,
  b: BOOL,
  p: pointerTo(VOID),
  s: pointerTo(CHAR),
  i: INT,
  u: UINT,
  h: USHORT,
  l: LONG,
  z: ULONG,
  q: UINT128,
  f: FLOAT,
  d: DOUBLE,
  D: LDOUBLE,
};

/** `p:ppz` is `void *f(void *, void *, size_t)`; a dot at the end is `...`. */
function signature(text: string): FunctionType {
  const [returns = 'v', params = ''] = text.split(':');
  const variadic = params.endsWith('.');
  const letters = variadic ? params.slice(0, -1) : params;
  return {
    kind: 'function',
    returns: LETTERS[returns] ?? VOID,
    params: letters.split('').map((letter) => LETTERS[letter] ?? VOID),
    variadic,
    unprototyped: false,
  };
}

function table(entries: Readonly<Record<string, string>>): Map<string, FunctionType> {
  const types = new Map<string, FunctionType>();
  for (const [text, names] of Object.entries(entries)) {
    const type = signature(text);
    for (const name of names.split(' ')) {
      types.set(name, type);
    }
  }
  return types;
}

/** Library functions that gcc knows undeclared (C11 §7), and so `__builtin_NAME` of each. */
export const LIBRARY: ReadonlyMap<string, FunctionType> = table({
  'p:ppz': 'memcpy memmove mempcpy',
  'p:piz': 'memset memchr',
  'i:ppz': 'memcmp bcmp',
  'v:pz': 'bzero',
  'z:s': 'strlen',
  'z:sz': 'strnlen',
  's:ss': 'strcpy strcat stpcpy strstr strpbrk strtok',
  's:ssz': 'strncpy strncat stpncpy',
  'i:ss': 'strcmp strcasecmp',
  'i:ssz': 'strncmp strncasecmp',
  's:si': 'strchr strrchr index rindex',
  'z:ss': 'strspn strcspn',
  's:s': 'strdup',
  's:sz': 'strndup',
  'i:s.': 'printf scanf',
  'i:ps.': 'fprintf fscanf',
  'i:ss.': 'sprintf sscanf',
  'i:szs.': 'snprintf',
  'i:s': 'puts atoi',
  'i:i':
    'putchar abs isalpha isdigit isalnum isspace isupper islower isprint ispunct isxdigit iscntrl isgraph isblank toupper tolower ffs',
  'i:l': 'ffsl ffsll',
  'i:sp': 'fputs',
  'i:ip': 'fputc putc',
  'p:z': 'malloc',
  'p:zz': 'calloc aligned_alloc',
  'p:pz': 'realloc',
  'v:p': 'free',
  'v:i': 'exit _exit _Exit',
  'v:': 'abort',
  'l:l': 'labs llabs',
  'd:d':
    'fabs sqrt sin cos tan asin acos atan exp log log2 log10 ceil floor trunc round rint nearbyint exp2 cbrt',
  'd:dd': 'pow fmod atan2 copysign fmin fmax hypot',
  'd:di': 'ldexp',
  'f:f': 'fabsf sqrtf sinf cosf tanf expf logf ceilf floorf truncf roundf rintf',
  'f:ff': 'powf fmodf copysignf fminf fmaxf',
  'D:D': 'fabsl sqrtl ceill floorl truncl roundl',
  'D:DD': 'powl fmodl copysignl fminl fmaxl',
});

/** `__builtin_NAME` that become 'builtin' nodes with arguments of these types. */
export const NODES: ReadonlyMap<string, FunctionType> = table({
  'i:u': 'clz ctz popcount parity',
  'i:z': 'clzl clzll ctzl ctzll popcountl popcountll parityl parityll',
  'i:i': 'clrsb',
  'i:l': 'clrsbl clrsbll',
  'h:h': 'bswap16',
  'u:u': 'bswap32',
  'z:z': 'bswap64',
  'q:q': 'bswap128',
  'v:': 'trap unreachable',
  'p:u': 'return_address frame_address',
  'p:z': 'alloca',
  'i:d': 'isnan isinf isinf_sign isfinite isnormal signbit',
  'i:f': 'isnanf isinff signbitf',
  'i:D': 'isnanl isinfl signbitl',
  'i:dd': 'isgreater isgreaterequal isless islessequal islessgreater isunordered',
});

/**
 * The remaining 'builtin' nodes that the parser makes, by name; T is `typeArgument` and what the
 * pointer `p` points to. Memory orders and `weak` are dropped: executions have one thread. Every
 * other atomic is expressed by these.
 *
 *     va_start(ap)  va_end(ap)  va_copy(to, from)     pointers to the va_list's structure; void
 *     va_arg(ap)                                      the node's type is T
 *     add_overflow(a, b, p)  sub_  mul_               a and b of any integer type, *p of T; _Bool
 *     add_overflow_p(a, b)  sub_  mul_                would the result fit T?; _Bool
 *     __atomic_load_n(p)  __atomic_store_n(p, T)  __atomic_exchange_n(p, T)
 *     __atomic_compare_exchange_n(p, T *expected, T desired)               _Bool
 *     __atomic_fetch_OP(p, T)  __atomic_OP_fetch(p, T)     OP: add sub and or xor nand
 *         (on pointers the operand is a `long` of bytes, as in gcc)
 *     __atomic_thread_fence()  __atomic_signal_fence()                     void
 *     __sync_bool_compare_and_swap(p, T old, T new)                        _Bool
 *     __sync_val_compare_and_swap(p, T old, T new)                         T
 */
export const ATOMIC_OPERATIONS: ReadonlySet<string> = new Set([
  'add',
  'sub',
  'and',
  'or',
  'xor',
  'nand',
]);
