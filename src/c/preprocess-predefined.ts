import type { Builtin } from './preprocess-definition.ts';

/** Macros that the preprocessor answers itself. `defined` joins them while a condition is read. */
export const BUILTINS: readonly (readonly [string, Builtin])[] = [
  ['__FILE__', 'file'],
  ['__BASE_FILE__', 'base-file'],
  ['__LINE__', 'line'],
  ['__COUNTER__', 'counter'],
  ['__INCLUDE_LEVEL__', 'depth'],
  ['_Pragma', 'pragma'],
  ['__has_include', 'query'],
  ['__has_include_next', 'query'],
  ['__has_attribute', 'query'],
  ['__has_cpp_attribute', 'query'],
  ['__has_c_attribute', 'query'],
  ['__has_builtin', 'query'],
];

/** Name, type, suffix of its constants, bits. */
const INTEGERS: readonly (readonly [string, string, string, number])[] = [
  ['INT8', 'signed char', '', 8],
  ['INT16', 'short int', '', 16],
  ['INT32', 'int', '', 32],
  ['INT64', 'long int', 'L', 64],
  ['INT_LEAST8', 'signed char', '', 8],
  ['INT_LEAST16', 'short int', '', 16],
  ['INT_LEAST32', 'int', '', 32],
  ['INT_LEAST64', 'long int', 'L', 64],
  ['INT_FAST8', 'signed char', '', 8],
  ['INT_FAST16', 'long int', 'L', 64],
  ['INT_FAST32', 'long int', 'L', 64],
  ['INT_FAST64', 'long int', 'L', 64],
  ['INTMAX', 'long int', 'L', 64],
  ['INTPTR', 'long int', 'L', 64],
  ['PTRDIFF', 'long int', 'L', 64],
  ['UINT8', 'unsigned char', '', 8],
  ['UINT16', 'short unsigned int', '', 16],
  ['UINT32', 'unsigned int', 'U', 32],
  ['UINT64', 'long unsigned int', 'UL', 64],
  ['UINT_LEAST8', 'unsigned char', '', 8],
  ['UINT_LEAST16', 'short unsigned int', '', 16],
  ['UINT_LEAST32', 'unsigned int', 'U', 32],
  ['UINT_LEAST64', 'long unsigned int', 'UL', 64],
  ['UINT_FAST8', 'unsigned char', '', 8],
  ['UINT_FAST16', 'long unsigned int', 'UL', 64],
  ['UINT_FAST32', 'long unsigned int', 'UL', 64],
  ['UINT_FAST64', 'long unsigned int', 'UL', 64],
  ['UINTMAX', 'long unsigned int', 'UL', 64],
  ['UINTPTR', 'long unsigned int', 'UL', 64],
  ['SIZE', 'long unsigned int', 'UL', 64],
  ['WCHAR', 'int', '', 32],
  ['WINT', 'unsigned int', 'U', 32],
  ['SIG_ATOMIC', 'int', '', 32],
];

/** Name, suffix of its constants, bits: these have no `_TYPE__`. */
const BASIC: readonly (readonly [string, string, number])[] = [
  ['SCHAR', '', 8],
  ['SHRT', '', 16],
  ['INT', '', 32],
  ['LONG', 'L', 64],
  ['LONG_LONG', 'LL', 64],
];

const HAS_CONSTANT = /^U?INT(?:8|16|32|64|MAX)$/u;

function maximum(bits: number, unsigned: boolean, suffix: string): string {
  const value = (1n << BigInt(unsigned ? bits : bits - 1)) - 1n;
  return `0x${value.toString(16)}${suffix}`;
}

function integer([name, type, suffix, bits]: readonly [string, string, string, number]): string[] {
  const lines = [
    `__${name}_TYPE__ ${type}`,
    `__${name}_MAX__ ${maximum(bits, type.includes('unsigned'), suffix)}`,
  ];
  if (!type.includes('unsigned') || name === 'SIZE' || name === 'WINT') {
    lines.push(`__${name}_WIDTH__ ${bits}`);
  }
  if (HAS_CONSTANT.test(name)) {
    lines.push(`__${name}_C(c) ${suffix === '' ? 'c' : `c ## ${suffix}`}`);
  }
  return lines;
}

function basic([name, suffix, bits]: readonly [string, string, number]): string[] {
  return [`__${name}_MAX__ ${maximum(bits, false, suffix)}`, `__${name}_WIDTH__ ${bits}`];
}

/** What a floating type has in common with the others. */
function floating(name: string, values: string): string[] {
  const properties = 'MANT_DIG DIG MIN_EXP MIN_10_EXP MAX_EXP MAX_10_EXP DECIMAL_DIG MAX NORM_MAX';
  const names = `${properties} MIN EPSILON DENORM_MIN`.split(' ');
  const bodies = values.split(' ');
  return [
    ...names.map((property, index) => `__${name}_${property}__ ${bodies[index] ?? ''}`),
    ...['DENORM', 'INFINITY', 'QUIET_NAN'].map((property) => `__${name}_HAS_${property}__ 1`),
  ];
}

const FLOATING = [
  ...floating(
    'FLT',
    '24 6 (-125) (-37) 128 38 9 3.40282346638528859811704183484516925e+38F ' +
      '3.40282346638528859811704183484516925e+38F 1.17549435082228750796873653722224568e-38F ' +
      '1.19209289550781250000000000000000000e-7F 1.40129846432481707092372958328991613e-45F',
  ),
  ...floating(
    'DBL',
    '53 15 (-1021) (-307) 1024 308 17 ((double)1.79769313486231570814527423731704357e+308L) ' +
      '((double)1.79769313486231570814527423731704357e+308L) ' +
      '((double)2.22507385850720138309023271733240406e-308L) ' +
      '((double)2.22044604925031308084726333618164062e-16L) ' +
      '((double)4.94065645841246544176568792868221372e-324L)',
  ),
  ...floating(
    'LDBL',
    '64 18 (-16381) (-4931) 16384 4932 21 1.18973149535723176502126385303097021e+4932L ' +
      '1.18973149535723176502126385303097021e+4932L 3.36210314311209350626267781732175260e-4932L ' +
      '1.08420217248550443400745280086994171e-19L 3.64519953188247460252840593361941982e-4951L',
  ),
];

const PLAIN = `
__STDC__ 1
__STDC_VERSION__ 201710L
__STDC_HOSTED__ 1
__STDC_UTF_16__ 1
__STDC_UTF_32__ 1
__STDC_IEC_559__ 1
__STDC_IEC_559_COMPLEX__ 1
__STDC_IEC_60559_BFP__ 201404L
__STDC_IEC_60559_COMPLEX__ 201404L
__STDC_ISO_10646__ 201706L
_STDC_PREDEF_H 1
__DATE__ "Jan  1 1970"
__TIME__ "00:00:00"
__TIMESTAMP__ "Thu Jan  1 00:00:00 1970"
__GNUC__ 12
__GNUC_MINOR__ 2
__GNUC_PATCHLEVEL__ 0
__GNUC_STDC_INLINE__ 1
__VERSION__ "12.2.0"
__GNUC_EXECUTION_CHARSET_NAME "UTF-8"
__GNUC_WIDE_EXECUTION_CHARSET_NAME "UTF-32LE"
__NO_INLINE__ 1
__FINITE_MATH_ONLY__ 0
__GXX_ABI_VERSION 1017
__USER_LABEL_PREFIX__
__REGISTER_PREFIX__
__ELF__ 1
__unix 1
__unix__ 1
unix 1
__linux 1
__linux__ 1
linux 1
__gnu_linux__ 1
__x86_64 1
__x86_64__ 1
__amd64 1
__amd64__ 1
__k8 1
__k8__ 1
__code_model_small__ 1
__SEG_FS 1
__SEG_GS 1
__LP64__ 1
_LP64 1
__pic__ 2
__PIC__ 2
__pie__ 2
__PIE__ 2
__CHAR_BIT__ 8
__BIGGEST_ALIGNMENT__ 16
__ORDER_LITTLE_ENDIAN__ 1234
__ORDER_BIG_ENDIAN__ 4321
__ORDER_PDP_ENDIAN__ 3412
__BYTE_ORDER__ __ORDER_LITTLE_ENDIAN__
__FLOAT_WORD_ORDER__ __ORDER_LITTLE_ENDIAN__
__SIZEOF_SHORT__ 2
__SIZEOF_INT__ 4
__SIZEOF_LONG__ 8
__SIZEOF_LONG_LONG__ 8
__SIZEOF_INT128__ 16
__SIZEOF_FLOAT__ 4
__SIZEOF_DOUBLE__ 8
__SIZEOF_LONG_DOUBLE__ 16
__SIZEOF_FLOAT80__ 16
__SIZEOF_FLOAT128__ 16
__SIZEOF_POINTER__ 8
__SIZEOF_SIZE_T__ 8
__SIZEOF_PTRDIFF_T__ 8
__SIZEOF_WCHAR_T__ 4
__SIZEOF_WINT_T__ 4
__CHAR16_TYPE__ short unsigned int
__CHAR32_TYPE__ unsigned int
__WCHAR_MIN__ (-__WCHAR_MAX__ - 1)
__WINT_MIN__ 0U
__SIG_ATOMIC_MIN__ (-__SIG_ATOMIC_MAX__ - 1)
__FLT_RADIX__ 2
__FLT_EVAL_METHOD__ 0
__FLT_EVAL_METHOD_TS_18661_3__ 0
__DEC_EVAL_METHOD__ 2
__DECIMAL_DIG__ 21
__GCC_IEC_559 2
__GCC_IEC_559_COMPLEX 2
__GCC_ASM_FLAG_OUTPUTS__ 1
__GCC_HAVE_DWARF2_CFI_ASM 1
__GCC_HAVE_SYNC_COMPARE_AND_SWAP_1 1
__GCC_HAVE_SYNC_COMPARE_AND_SWAP_2 1
__GCC_HAVE_SYNC_COMPARE_AND_SWAP_4 1
__GCC_HAVE_SYNC_COMPARE_AND_SWAP_8 1
__GCC_ATOMIC_BOOL_LOCK_FREE 2
__GCC_ATOMIC_CHAR_LOCK_FREE 2
__GCC_ATOMIC_CHAR16_T_LOCK_FREE 2
__GCC_ATOMIC_CHAR32_T_LOCK_FREE 2
__GCC_ATOMIC_WCHAR_T_LOCK_FREE 2
__GCC_ATOMIC_SHORT_LOCK_FREE 2
__GCC_ATOMIC_INT_LOCK_FREE 2
__GCC_ATOMIC_LONG_LOCK_FREE 2
__GCC_ATOMIC_LLONG_LOCK_FREE 2
__GCC_ATOMIC_POINTER_LOCK_FREE 2
__GCC_ATOMIC_TEST_AND_SET_TRUEVAL 1
__GCC_CONSTRUCTIVE_SIZE 64
__GCC_DESTRUCTIVE_SIZE 64
__ATOMIC_RELAXED 0
__ATOMIC_CONSUME 1
__ATOMIC_ACQUIRE 2
__ATOMIC_RELEASE 3
__ATOMIC_ACQ_REL 4
__ATOMIC_SEQ_CST 5
__ATOMIC_HLE_ACQUIRE 65536
__ATOMIC_HLE_RELEASE 131072
__HAVE_SPECULATION_SAFE_VALUE 1
__PRAGMA_REDEFINE_EXTNAME 1
`;

/**
 * What gcc 12 predefines for GNU C17 on x86-64 Linux, as text of `#define` lines. No vector extension is
 * announced, no sanitizer and no optimization: headers then choose the plain C that the machine runs.
 */
export const PREDEFINED = [
  ...PLAIN.trim().split('\n'),
  ...INTEGERS.flatMap(integer),
  ...BASIC.flatMap(basic),
  ...FLOATING,
]
  .map((line) => `#define ${line}\n`)
  .join('');

/** Attributes that gcc 12 knows on x86-64. */
export const ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'access alias aligned alloc_align alloc_size always_inline artificial assume_aligned cdecl cleanup ' +
    'cold common const constructor copy deprecated designated_init destructor error ' +
    'externally_visible fallthrough fastcall flatten force_align_arg_pointer format ' +
    'format_arg gnu_inline hot ifunc interrupt leaf malloc may_alias mode ms_abi ms_struct naked ' +
    'no_icf no_instrument_function no_profile_instrument_function no_reorder no_sanitize ' +
    'no_sanitize_address no_sanitize_thread no_sanitize_undefined no_split_stack ' +
    'no_stack_protector no_stack_limit noclone nocommon noinit noinline noipa nonnull nonstring noplt ' +
    'noreturn nothrow optimize packed patchable_function_entry persistent pure regparm retain ' +
    'returns_nonnull returns_twice scalar_storage_order section sentinel simd stack_protect stdcall ' +
    'symver sysv_abi target target_clones tls_model transparent_union unavailable uninitialized ' +
    'unused used vector_size visibility warn_if_not_aligned warn_unused_result warning weak ' +
    'weakref zero_call_used_regs'
  ).split(' '),
);

/** The attributes of C2x that gcc 12 knows, with what `__has_c_attribute` answers. */
export const C_ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['deprecated', '201904'],
  ['fallthrough', '201910'],
  ['maybe_unused', '202106'],
  ['nodiscard', '202003'],
  ['noreturn', '202202'],
]);

/** Builtins by name that clang has and gcc 12 does not. */
export const NO_BUILTINS: ReadonlySet<string> = new Set(
  (
    '__builtin_available __builtin_addcb __builtin_addcs __builtin_addc __builtin_addcl ' +
    '__builtin_addcll __builtin_subcb __builtin_subcs __builtin_subc __builtin_subcl ' +
    '__builtin_subcll __builtin_bitreverse8 __builtin_rotateleft16 __builtin_rotateright8 ' +
    '__builtin_rotateright16 ' +
    '__builtin_bitreverse16 __builtin_bitreverse32 __builtin_bitreverse64 __builtin_rotateleft8 ' +
    '__builtin_rotateleft32 __builtin_rotateleft64 __builtin_rotateright32 ' +
    '__builtin_rotateright64 __builtin_debugtrap __builtin_dump_struct __builtin_unpredictable ' +
    '__builtin_nondeterministic_value __builtin_counted_by_ref __builtin_get_vtable_pointer ' +
    '__builtin_stdc_bit_ceil __builtin_clzg __builtin_ctzg __builtin_popcountg'
  ).split(' '),
);
