import type { FunctionBody, Variable } from '../ast.ts';
import type { Location } from '../source.ts';
import type { CompileContext } from './context.ts';
import { compileFlat, compileFlatValue, isFlat, needsFlat } from './flat.ts';
import { effect, value } from './expression.ts';
import { type Compilers, Frame, needsMemory } from './frame.ts';
import { compoundLiteral } from './initialize.ts';
import { sizeOf } from '../layout.ts';
import { representationOf, storerOf } from './representation.ts';
import { StatementCompiler } from './statement.ts';
import { skippedBySwitch } from './walk.ts';

/**
 * The source of one JavaScript function expression for one C function. It is evaluated with
 * `M` (memory), `R` (machine), `F` (compiled functions), `B` (builtins), `S` (late statics) in scope.
 *
 *     function (ret?, l0, l1, …, va?) {
 *       enter; objects of the frame; parameters that need memory
 *       body: { … }
 *       release the objects; leave; return r
 *     }
 */
export function generateFunction(
  variable: Variable,
  body: FunctionBody,
  context: CompileContext,
): string {
  const frame = new Frame(context, COMPILERS);
  const { params, prologue } = parameters(frame, variable, body);
  const flat = needsFlat(body);
  const skipped = skippedBySwitch(body.block);
  for (const local of body.locals) {
    if (local.storage === 'automatic') {
      frame.declare(local, flat || local.initializer === undefined || skipped.has(local));
    }
  }
  frame.repeats = flat;
  const code = flat ? compileFlat(frame, body) : new StatementCompiler(frame).compile(body.block);
  const site = context.site(placeOf(variable));
  const marks = [context.mark([placeOf(variable)]), context.entered(variable)];
  const entered = context.trace ? `R.enter(${site}, [${tracedParams(params, variable)}]);` : '';
  const left = context.trace ? 'R.leave();' : '';
  return [
    `(function (${params.join(', ')}) {`,
    `if (++R.depth > R.maxDepth || --R.steps < 0) R.bound(${site});`,
    ...marks.map((mark) => (mark === undefined ? '' : `R.covered[${mark}] = 1;`)),
    `let r${frame.locals.length > 0 ? `, ${frame.locals.join(', ')}` : ''};`,
    ...frame.objects.map((object) => allocation(object, context)),
    ...prologue,
    entered,
    variable.name === 'main' ? 'r = 0;' : '',
    `body: {${code}}`,
    ...frame.objects.map(({ js, late }) => `${late ? `if (${js} !== 0) ` : ''}M.release(${js});`),
    left,
    'R.depth--;',
    'return r;',
    '})',
  ].join('\n');
}

/** Where a function is defined, wherever it was declared before. */
export function placeOf({ body, location }: Variable): Location {
  return body?.first ?? location;
}

function allocation(object: Frame['objects'][number], context: CompileContext): string {
  return object.late
    ? `let ${object.js} = 0;`
    : `const ${object.js} = M.allocate(${object.size}, 'stack', ${context.label(object.name)});`;
}

function tracedParams(params: readonly string[], variable: Variable): string {
  const fixed =
    variable.type.kind === 'function' && representationOf(variable.type.returns) === 'record'
      ? 1
      : 0;
  return params
    .filter((name) => name !== 'va')
    .slice(fixed)
    .join(', ');
}

function parameters(
  frame: Frame,
  variable: Variable,
  body: FunctionBody,
): { params: string[]; prologue: string[] } {
  const params: string[] = [];
  const prologue: string[] = [];
  const site = frame.site(placeOf(variable));
  if (variable.type.kind === 'function' && representationOf(variable.type.returns) === 'record') {
    params.push('ret');
  }
  for (const [index, param] of body.params.entries()) {
    const place = frame.declare(param, false);
    if (!needsMemory(param)) {
      params.push(place.js);
      continue;
    }
    const js = `p${index}`;
    params.push(js);
    prologue.push(
      representationOf(param.type) === 'record'
        ? `M.copy(${place.js}, ${js}, ${sizeOf(param.type)}, ${site});`
        : `M.${storerOf(param.type)}(${place.js}, ${js}, ${site});`,
    );
  }
  if (variable.type.kind === 'function' && variable.type.variadic) {
    params.push('va');
  }
  return { params, prologue };
}

const COMPILERS: Compilers = {
  value,
  effect,
  compoundLiteral,
  nested: (frame, block) =>
    isFlat(block)
      ? compileFlatValue(frame, block)
      : new StatementCompiler(frame, frame.escapes).compileValue(block),
};

/** A frame for an initializer of static storage, which is no function's. */
export function staticFrame(context: CompileContext): Frame {
  return new Frame(context, COMPILERS);
}
