import type { Expr } from '../ast.ts';
import { sizeOf } from '../layout.ts';
import type { CType, FunctionType } from '../types.ts';
import { addressOf } from './place.ts';
import { type Frame, unsupported } from './frame.ts';
import { representationOf, storerOf } from './representation.ts';
import { isSetjmp } from './walk.ts';

/**
 * C11 §6.5.2.2. The calling convention of generated functions:
 *
 *     f([address for a returned record,] fixed arguments…, [address of the variadic area])
 *
 * The variadic area is an object of the caller with a slot of 8 bytes for each argument after the
 * default promotions (16 for 128-bit values, records rounded up to 8), as `va_arg` walks it.
 */
export function compileCall(frame: Frame, expr: Extract<Expr, { kind: 'call' }>): string {
  const type = functionTypeOf(expr.callee.type);
  const site = frame.site(expr.location);
  const [buffer] = expr.args;
  if (isSetjmp(expr) && buffer !== undefined) {
    if (!frame.resumable) {
      throw unsupported(expr.location, 'setjmp inside of a statement expression');
    }
    return `R.setjmp(${frame.value(buffer)}, frame, sj, ${site})`;
  }
  const fixed = type.variadic ? type.params.length : expr.args.length;
  const args = expr.args.slice(0, fixed).map((arg) => frame.value(arg));
  const before: string[] = [];
  if (type.variadic) {
    args.push(variadicArea(frame, expr.args.slice(fixed), site, before));
  }
  if (representationOf(type.returns) === 'record') {
    args.unshift(frame.temporaryObject(sizeOf(type.returns), '(returned record)').make);
  }
  const call = invoke(frame, expr, args, site);
  return before.length === 0 ? call : `(${[...before, call].join(', ')})`;
}

function functionTypeOf(type: CType): FunctionType {
  if (type.kind === 'function') {
    return type;
  }
  if (type.kind === 'pointer' && type.to.kind === 'function') {
    return type.to;
  }
  throw new Error(`call of a ${type.kind}`);
}

function invoke(
  frame: Frame,
  expr: Extract<Expr, { kind: 'call' }>,
  args: readonly string[],
  site: number,
): string {
  const { callee } = expr;
  const direct = directCallee(callee);
  const target = direct === undefined ? undefined : frame.context.callee(direct);
  if (target?.kind === 'builtin') {
    return declared(expr.type, `B[${target.index}](R, ${site}, [${args.join(', ')}])`);
  }
  // An argument more than the callee takes: evaluated last, it tells a traced callee who called.
  const list = [...args, ...(frame.context.trace ? [`R.callSite = ${site}`] : [])].join(', ');
  return target === undefined
    ? `R.callable(${addressOfCallee(frame, callee)}, ${site})(${list})`
    : `F[${target.index}](${list})`;
}

/** Old programs declare library functions by themselves, and not always as they are. */
function declared(type: CType, js: string): string {
  switch (representationOf(type)) {
    case 'number':
      return `R.small(${js})`;
    case 'bigint':
      return `R.big(${js})`;
    default:
      return js;
  }
}

/** `f(…)`, `(*f)(…)` and `(&f)(…)` of a function are one call. */
function directCallee(callee: Expr) {
  let inner = callee;
  while (inner.kind === 'address' || inner.kind === 'deref') {
    inner = inner.kind === 'address' ? inner.of : inner.pointer;
  }
  return inner.kind === 'variable' && inner.variable.storage === 'function'
    ? inner.variable
    : undefined;
}

function addressOfCallee(frame: Frame, callee: Expr): string {
  return callee.type.kind === 'function' ? addressOf(frame, callee) : frame.value(callee);
}

function variadicArea(frame: Frame, args: readonly Expr[], site: number, before: string[]): string {
  let size = 0;
  const stores: ((area: string) => string)[] = [];
  for (const arg of args) {
    const offset = size;
    const js = frame.temporary();
    const bytes = slotSize(arg.type);
    before.push(`${js} = ${frame.value(arg)}`);
    stores.push((area) => storeSlot(arg.type, `${area} + ${offset}`, js, site));
    size += bytes;
  }
  if (size === 0) {
    return '0';
  }
  const { js: area, make } = frame.temporaryObject(size, '(variadic arguments)');
  before.push(make, ...stores.map((emit) => emit(area)));
  return area;
}

function storeSlot(type: CType, at: string, js: string, site: number): string {
  switch (representationOf(type)) {
    case 'record':
      return `M.copy(${at}, ${js}, ${sizeOf(type)}, ${site})`;
    case 'number':
      return `M.w64(${at}, BigInt(${js}), ${site})`;
    case 'float':
      return `M.wf64(${at}, ${js}, ${site})`;
    default:
      return `M.${storerOf(type)}(${at}, ${js}, ${site})`;
  }
}

/** Bytes that an argument takes in the variadic area. */
export function slotSize(type: CType): number {
  return representationOf(type) === 'float' ? 8 : Math.max(8, Math.ceil(sizeOf(type) / 8) * 8);
}
