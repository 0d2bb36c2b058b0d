import type { Expr } from '../ast.ts';
import type { Frame } from './frame.ts';
import { operate } from './operate.ts';
import { addressOf, isLocal, load, type Lvalue, lvalue, readLocal, store } from './place.ts';
import { convert, representationOf } from './representation.ts';
import { hasEffects } from './walk.ts';

/** C11 §6.5.16.1. `wanted`: somebody uses the value, that of the left side after the assignment. */
export function assign(
  frame: Frame,
  expr: Extract<Expr, { kind: 'assign' }>,
  wanted: boolean,
): string {
  const site = frame.site(expr.location);
  const { left, right } = expr;
  if (left.kind === 'variable' && left.variable.storage !== 'function' && isLocal(frame, left)) {
    return `(${frame.place(left.variable).js} = ${frame.value(right)})`;
  }
  const record = representationOf(left.type) === 'record';
  if (!wanted) {
    const bits = left.kind === 'member' ? left.field.bits : undefined;
    const address = addressOf(frame, left);
    const at: Lvalue =
      bits === undefined ? { kind: 'memory', address } : { kind: 'memory', address, bits };
    if (bits === undefined) {
      return store(at, frame.value(right), left.type, site);
    }
  }
  const { setup, at } = lvalue(frame, left);
  const prefix = setup === '' ? '' : `${setup}, `;
  if (record) {
    return `(${prefix}${store(at, frame.value(right), left.type, site)}, ${load(at, left.type, site)})`;
  }
  const js = frame.temporary();
  const stored = `${js} = ${frame.value(right)}, ${store(at, js, left.type, site)}`;
  return at.kind === 'memory' && at.bits !== undefined && wanted
    ? `(${prefix}${stored}, ${load(at, left.type, site)})`
    : `(${prefix}${stored}, ${js})`;
}

/** C11 §6.5.16.2, §6.5.2.4, §6.5.3.1: `a += b`, `a++`, `--a`; `wanted`: as for `assign`. */
export function update(
  frame: Frame,
  expr: Extract<Expr, { kind: 'update' }>,
  wanted: boolean,
): string {
  if (hasEffects(expr.right)) {
    // As gcc does: the right side may change what the left one holds.
    const js = frame.temporary();
    const right = `${js} = ${frame.value(expr.right)}`;
    return `(${right}, ${updateBy(frame, expr, wanted, js)})`;
  }
  return updateBy(frame, expr, wanted, undefined);
}

/** `right`: the local that holds the right side; undefined where that can be evaluated in place. */
function updateBy(
  frame: Frame,
  expr: Extract<Expr, { kind: 'update' }>,
  wanted: boolean,
  right: string | undefined,
): string {
  const site = frame.site(expr.location);
  const { left, compute } = expr;
  const { setup, at } = lvalue(frame, left);
  const prefix = setup === '' ? '' : `${setup}, `;
  const current =
    at.kind === 'local' && left.kind === 'variable'
      ? readLocal(frame, left)
      : load(at, left.type, site);
  const before = expr.post && wanted ? frame.temporary() : undefined;
  const old = before === undefined ? current : `(${before} = ${current})`;
  const converted = convert(old, left.type, compute);
  const operated = operate(frame, expr, converted, compute, right);
  const after = convert(operated, compute, left.type);
  if (at.kind === 'local') {
    const stored = `${at.js} = ${after}`;
    return before === undefined ? `(${prefix}${stored})` : `(${prefix}${stored}, ${before})`;
  }
  if (before !== undefined || !wanted) {
    const stored = store(at, after, left.type, site);
    return before === undefined ? `(${prefix}${stored})` : `(${prefix}${stored}, ${before})`;
  }
  const js = frame.temporary();
  const result = at.bits === undefined ? js : load(at, left.type, site);
  return `(${prefix}${js} = ${after}, ${store(at, js, left.type, site)}, ${result})`;
}
