import type { Expr } from '../ast.ts';
import { sizeOf } from '../layout.ts';
import type { CType } from '../types.ts';
import { slotSize } from './call.ts';
import { type Frame, unsupported } from './frame.ts';
import {
  accessorOf,
  convert,
  isUnsigned,
  representationOf,
  storerOf,
  widthOf,
  wrap,
} from './representation.ts';

type BuiltinExpr = Extract<Expr, { kind: 'builtin' }>;

/** The `__builtin_*` that are no plain functions (GCC manual, "Other Builtins", "__atomic Builtins"). */
export function compileBuiltin(frame: Frame, expr: BuiltinExpr): string {
  const name = expr.name.replace(/^__builtin_/, '');
  const site = frame.site(expr.location);
  const args = (): string[] => expr.args.map((arg) => frame.value(arg));
  const [first] = expr.args;
  switch (name) {
    case 'va_start':
      return `R.vaStart(${args()[0]}, va, ${site})`;
    case 'va_end':
      return `(${args()[0]}, undefined)`;
    case 'va_copy':
      return `M.copy(${args().join(', ')}, 24, ${site})`;
    case 'va_arg':
      return vaArg(frame, expr, site);
    case 'alloca':
      return `R.alloca(${args()[0]}, ${site})`;
    case 'expect':
    case 'expect_with_probability':
    case 'assume_aligned':
      return first === undefined ? 'undefined' : frame.value(first);
    case 'unreachable':
    case 'trap':
      return `R.trap(${site})`;
    case 'prefetch':
    case 'assume':
    case 'ia32_pause':
      return 'undefined';
    case 'return_address':
    case 'frame_address':
    case 'extract_return_addr':
      return '0';
    default:
      return arithmeticBuiltin(frame, expr, name, site) ?? atomic(frame, expr, site);
  }
}

function vaArg(frame: Frame, expr: BuiltinExpr, site: number): string {
  const type = expr.typeArgument ?? expr.type;
  const [list] = expr.args;
  if (list === undefined) {
    throw unsupported(expr.location, 'va_arg without a list');
  }
  const slot = `R.vaSlot(${frame.value(list)}, ${slotSize(type)}, ${site})`;
  switch (representationOf(type)) {
    case 'record':
      return slot;
    case 'number':
      return wrap(`Number(BigInt.asIntN(32, M.i64(${slot}, ${site})))`, type);
    case 'float':
      return `M.f64(${slot}, ${site})`;
    default:
      return `M.${accessorOf(type)}(${slot}, ${site})`;
  }
}

const OVERFLOW: Readonly<Record<string, string>> = {
  add_overflow: '+',
  sub_overflow: '-',
  mul_overflow: '*',
};

function arithmeticBuiltin(
  frame: Frame,
  expr: BuiltinExpr,
  name: string,
  site: number,
): string | undefined {
  const operator = OVERFLOW[name];
  const [first, second, third] = expr.args;
  if (operator && first && second && third && third.type.kind === 'pointer') {
    const target = third.type.to;
    const exact = `${big(frame, first)} ${operator} ${big(frame, second)}`;
    return `R.overflow(${exact}, ${frame.value(third)}, ${widthOf(target)}, ${isUnsigned(target)}, ${site})`;
  }
  const predicate = OVERFLOW[name.replace(/_p$/, '')];
  if (predicate && first && second && expr.typeArgument) {
    const exact = `${big(frame, first)} ${predicate} ${big(frame, second)}`;
    const { typeArgument: type } = expr;
    return `R.overflows(${exact}, ${widthOf(type)}, ${isUnsigned(type)})`;
  }
  const counting = /^(clz|ctz|popcount|ffs|clrsb|parity|bswap)(s|l|ll|16|32|64|128)?$/.exec(name);
  if (counting && first) {
    const width = { l: 64, ll: 64, 16: 16, 32: 32, 64: 64, 128: 128 }[counting[2] ?? ''] ?? 32;
    const js = `R.count('${counting[1]}', BigInt.asUintN(${width}, ${big(frame, first)}), ${width})`;
    return convert(js, { kind: 'int128' }, expr.type);
  }
  return undefined;
}

function big(frame: Frame, expr: Expr): string {
  return convert(frame.value(expr), expr.type, {
    kind: isUnsigned(expr.type) ? 'uint128' : 'int128',
  });
}

/** The machine is single-threaded: an atomic access is an access, a fence is nothing. */
function atomic(frame: Frame, expr: BuiltinExpr, site: number): string {
  const name = expr.name.replace(/^__(atomic|sync|c11_atomic)_/, '');
  const [pointer, operand, third] = expr.args;
  if (/^(thread_fence|signal_fence|synchronize)$/.test(name)) {
    return 'undefined';
  }
  if (pointer === undefined || pointer.type.kind !== 'pointer') {
    throw unsupported(expr.location, expr.name);
  }
  const type = pointer.type.to;
  const at = frame.temporary();
  const setup = `${at} = ${frame.value(pointer)}`;
  const load = `M.${accessorOf(type)}(${at}, ${site})`;
  const save = (js: string): string => `M.${storerOf(type)}(${at}, ${js}, ${site})`;
  const old = frame.temporary();
  if (/^load(_n)?$/.test(name)) {
    if (name === 'load_n') {
      return `(${setup}, ${load})`;
    }
    return `(${setup}, M.copy(${argument(frame, operand, expr)}, ${at}, ${sizeOf(type)}, ${site}))`;
  }
  if (/^(store_n|lock_release)$/.test(name)) {
    const js = operand === undefined ? zero(type) : converted(frame, operand, type);
    return `(${setup}, ${old} = ${js}, ${save(old)}, undefined)`;
  }
  if (name === 'store') {
    return `(${setup}, M.copy(${at}, ${argument(frame, operand, expr)}, ${sizeOf(type)}, ${site}))`;
  }
  if (/^(exchange_n|lock_test_and_set)$/.test(name) && operand) {
    const fresh = frame.temporary();
    return `(${setup}, ${fresh} = ${converted(frame, operand, type)}, ${old} = ${load}, ${save(fresh)}, ${old})`;
  }
  if (name === 'compare_exchange_n' && operand && third) {
    const [expected, fresh] = [frame.temporary(), frame.temporary()];
    const seen = `M.${accessorOf(type)}(${expected}, ${site})`;
    const fail = `(M.${storerOf(type)}(${expected}, ${old}, ${site}), 0)`;
    return `(${setup}, ${expected} = ${frame.value(operand)}, ${fresh} = ${converted(frame, third, type)}, ${old} = ${load}, ${old} === ${seen} ? (${save(fresh)}, 1) : ${fail})`;
  }
  if (/^(bool|val)_compare_and_swap$/.test(name) && operand && third) {
    const [expected, fresh] = [frame.temporary(), frame.temporary()];
    const result = name.startsWith('bool') ? `(${old} === ${expected} ? 1 : 0)` : old;
    return `(${setup}, ${expected} = ${converted(frame, operand, type)}, ${fresh} = ${converted(frame, third, type)}, ${old} = ${load}, ${old} === ${expected} ? ${save(fresh)} : 0, ${result})`;
  }
  const fetch = /^(?:fetch_and_|fetch_)(add|sub|and|or|xor|nand)$/.exec(name);
  const after = /^(add|sub|and|or|xor|nand)_(?:and_)?fetch$/.exec(name);
  const operation = fetch?.[1] ?? after?.[1];
  if (operation === undefined || operand === undefined) {
    throw unsupported(expr.location, expr.name);
  }
  const fresh = frame.temporary();
  const js = combine(operation, old, converted(frame, operand, type), type);
  return `(${setup}, ${old} = ${load}, ${fresh} = ${js}, ${save(fresh)}, ${fetch ? old : fresh})`;
}

function combine(operation: string, left: string, right: string, type: CType): string {
  const signs: Record<string, string> = {
    add: '+',
    sub: '-',
    and: '&',
    or: '|',
    xor: '^',
    nand: '&',
  };
  const js = `(${left} ${signs[operation] ?? '+'} ${right})`;
  if (representationOf(type) === 'pointer') {
    return js;
  }
  return wrap(operation === 'nand' ? `(~${js})` : js, type);
}

function converted(frame: Frame, expr: Expr, type: CType): string {
  return convert(frame.value(expr), expr.type, type);
}

function argument(frame: Frame, expr: Expr | undefined, whole: BuiltinExpr): string {
  if (expr === undefined) {
    throw unsupported(whole.location, whole.name);
  }
  return frame.value(expr);
}

function zero(type: CType): string {
  return representationOf(type) === 'bigint' ? '0n' : '0';
}
