import type { Initializer, InitializerPart, Variable } from '../ast.ts';
import { sizeOf } from '../layout.ts';
import type { Frame } from './frame.ts';
import { store } from './place.ts';
import { representationOf } from './representation.ts';

/** C11 §6.7.9: statements (as comma-separable expressions) that initialize the object at `address`. */
export function initialize(
  frame: Frame,
  address: string,
  size: number,
  initializer: Initializer,
  site: number,
): string[] {
  const code: string[] = [];
  if (initializer.zeroed) {
    code.push(`M.fill(${address}, 0, ${size}, ${site})`);
  }
  for (const part of initializer.parts) {
    code.push(initializePart(frame, address, size, part));
  }
  return code;
}

function initializePart(
  frame: Frame,
  address: string,
  size: number,
  part: InitializerPart,
): string {
  const at = part.offset === 0 ? address : `${address} + ${part.offset}`;
  const site = frame.site(part.value.location);
  const { value: expr } = part;
  if (expr.kind === 'string' && expr.type.kind === 'array') {
    // `char a[3] = "abc"` has no room for the terminating zero (§6.7.9p14).
    const bytes = Math.min(expr.bytes.length, size - part.offset);
    return `M.copy(${at}, ${frame.context.stringAddress(expr.bytes)}, ${bytes}, ${site})`;
  }
  const js = frame.value(expr);
  if (representationOf(expr.type) === 'record') {
    return `M.copy(${at}, ${js}, ${sizeOf(expr.type)}, ${site})`;
  }
  const target =
    part.bits === undefined
      ? ({ kind: 'memory', address: `(${at})` } as const)
      : ({ kind: 'memory', address: `(${at})`, bits: part.bits } as const);
  return store(target, js, expr.type, site);
}

/** C11 §6.5.2.5: the object is made anew each time the literal is evaluated; the value is its address. */
export function compoundLiteral(frame: Frame, variable: Variable): string {
  if (variable.storage === 'static') {
    return frame.context.staticAddress(variable);
  }
  const size = sizeOf(variable.type);
  const { js: address, make } = frame.temporaryObject(size, '(compound literal)');
  const site = frame.site(variable.location);
  const code =
    variable.initializer === undefined
      ? []
      : initialize(frame, address, size, variable.initializer, site);
  return `(${[make, ...code, address].join(', ')})`;
}
