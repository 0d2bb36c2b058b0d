import { type Macro, builtinMacro, readDefinition } from './preprocess-definition.ts';
import type { Expander } from './preprocess-expand.ts';
import type { Directive } from './preprocess-file.ts';
import type { Frame } from './preprocess-frame.ts';
import { evaluateCondition } from './preprocess-if.ts';
import { type Header, readHeader } from './preprocess-include.ts';
import { readLineShift } from './preprocess-line.ts';
import type { MissingHeader } from './preprocess-options.ts';
import type { PragmaState } from './preprocess-pragma.ts';
import { CError, type Location } from './source.ts';
import type { Token } from './token.ts';

/** What directives change, beside the file that they stand in. */
export interface DirectiveContext {
  readonly macros: Map<string, Macro>;
  readonly expander: Expander;
  readonly pragmas: PragmaState;
  readonly missing: MissingHeader[];
  /** Above 0: the directive stands in the arguments of a macro. */
  readonly reading: number;
  /** Reads a header to its end. `first`: the search folder to begin with; -1 for the includer's own. */
  includeHeader(header: Header, includer: string, first: number, location: Location): void;
}

/**
 * Carries out the directive that comes next in a file, and goes on behind it (C11 §6.10). Throws CError for one
 * that no compiler would take, and for `#error`.
 */
export function runDirective(frame: Frame, context: DirectiveContext): void {
  const directive = frame.file.directives[frame.directive];
  if (directive === undefined) {
    return;
  }
  frame.pass(frame.directive);
  switch (directive.name) {
    case 'define':
      define(frame, directive, context);
      break;
    case 'undef':
      context.macros.delete(frame.operands(directive)[0]?.text ?? '');
      break;
    case 'include':
    case 'include_next':
    case 'import':
      include(frame, directive, context);
      break;
    case 'if':
    case 'ifdef':
    case 'ifndef':
      begin(frame, directive, context);
      break;
    case 'elif':
    case 'elifdef':
    case 'elifndef':
    case 'else':
      frame.leave(directive);
      break;
    case 'endif':
      frame.requireOpened(directive);
      break;
    case 'error':
      throw new CError(frame.at(directive), `#error ${spell(frame.operands(directive))}`);
    case 'pragma':
      context.pragmas.run(frame.operands(directive), frame.file.path);
      break;
    case '':
    case 'warning':
    case 'ident':
    case 'sccs':
    case 'assert':
    case 'unassert':
      break;
    default:
      line(frame, directive, context);
  }
}

function define(frame: Frame, directive: Directive, { macros }: DirectiveContext): void {
  const { shift } = frame;
  const macro =
    (shift === undefined ? directive.macro : undefined) ??
    readDefinition(frame.operands(directive), frame.at(directive));
  if (shift === undefined) {
    directive.macro = macro;
  }
  macros.set(macro.name, macro);
}

function include(frame: Frame, directive: Directive, context: DirectiveContext): void {
  const operands = frame.operands(directive);
  const location = frame.at(directive);
  const header =
    readHeader(operands) ?? readHeader(context.expander.expandLine(operands, location));
  const [only] = operands;
  if (header === undefined && operands.length === 1 && only?.kind === 'identifier') {
    // The build would have defined it on the command line: the header is missing like any other.
    context.missing.push({ path: only.text, location });
    return;
  }
  if (header === undefined) {
    throw new CError(location, `#${directive.name} expects "FILENAME" or <FILENAME>`);
  }
  if (context.reading > 0) {
    throw new CError(location, `#${directive.name} stands in the arguments of a macro`);
  }
  const first = directive.name === 'include_next' ? frame.folder + 1 : -1;
  context.includeHeader(header, frame.file.path, first, location);
}

/** `#if`: reads its group, or goes on to the branch that is to be read. */
function begin(frame: Frame, directive: Directive, context: DirectiveContext): void {
  if (holds(frame, directive, context)) {
    frame.requireNext(directive);
    return;
  }
  for (let branch = frame.following(directive); branch.name !== 'endif';) {
    frame.requireNext(branch);
    if (branch.name === 'else' || holds(frame, branch, context)) {
      return;
    }
    branch = frame.following(branch);
  }
}

function holds(
  frame: Frame,
  directive: Directive,
  { macros, expander }: DirectiveContext,
): boolean {
  const operands = frame.operands(directive);
  const location = frame.at(directive);
  const kind = directive.name.replace(/^el/u, '');
  if (kind !== 'if') {
    const [name] = operands;
    if (name?.kind !== 'identifier') {
      throw new CError(location, `no macro name given in #${directive.name}`);
    }
    return macros.has(name.text) === (kind === 'ifdef');
  }
  macros.set('defined', builtinMacro('defined', 'query'));
  const expanded = expander.expandLine(operands, location);
  macros.delete('defined');
  return evaluateCondition(expanded, location);
}

/** `#line N "file"` and `# N "file" flags` (C11 §6.10.4). */
function line(frame: Frame, directive: Directive, { expander }: DirectiveContext): void {
  const name = frame.file.tokens[directive.start + 1];
  const hash = frame.file.tokens[directive.start];
  if (
    name === undefined ||
    hash === undefined ||
    (name.text !== 'line' && name.kind !== 'number')
  ) {
    throw new CError(frame.at(directive), `invalid preprocessing directive #${directive.name}`);
  }
  const operands = frame.operands(directive);
  const full =
    name.kind === 'number'
      ? [name, ...operands]
      : expander.expandLine(operands, frame.at(directive));
  const shift = readLineShift(full, hash.location, frame.shift?.file ?? hash.location.file);
  if (shift === undefined) {
    throw new CError(frame.at(directive), '#line takes a line number and a file name');
  }
  frame.shift = shift;
}

/** Tokens as they were written, white space as one space. */
function spell(tokens: readonly Token[]): string {
  return tokens
    .map((token, index) => (token.spaceBefore && index > 0 ? ` ${token.text}` : token.text))
    .join('');
}
