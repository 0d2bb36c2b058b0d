import type { Tok } from '../lifecycle/graft/text.ts';
import type { LifecycleFunction } from './functions.ts';
import { localsOf } from './locals.ts';
import type { Draft } from './mutants.ts';
import type { Placed, Statement } from '../lifecycle/repair/statements.ts';

/** A statement and the one behind it, where neither can see what the other does. */
export function reordered(
  { statement, list, index, free }: Placed,
  of: LifecycleFunction,
  text: string,
): Draft[] {
  const next = list[index + 1];
  if (!free || next === undefined || !isIndependent(statement, next, of)) {
    return [];
  }
  const edits = [
    { start: statement.start, end: statement.end, text: text.slice(next.start, next.end) },
    { start: next.start, end: next.end, text: text.slice(statement.start, statement.end) },
  ];
  return [{ operator: 'reorder', line: statement.line, edits }];
}

function isIndependent(a: Statement, b: Statement, of: LifecycleFunction): boolean {
  const [first, second] = [assignment(a), assignment(b)];
  if (first !== undefined && second !== undefined) {
    return !names(b).has(first.written) && !names(a).has(second.written);
  }
  // A call sees no variable of ours that has no address, and changes none.
  return (
    (first !== undefined && isHidden(first, b, of)) ||
    (second !== undefined && isHidden(second, a, of))
  );
}

interface Assignment {
  /** The variable or field. */
  readonly written: string;
  readonly tokens: readonly Tok[];
}

/** `path = plain expression;` without calls, pointers followed by `*`, or other effects. */
function assignment({ kind, tokens }: Statement): Assignment | undefined {
  const at = tokens.findIndex(({ text }) => text === '=');
  const left = tokens.slice(0, at);
  const isPath = left.every(({ text }) => /^(?:\w+|->|\.)$/u.test(text));
  const isPlain = tokens
    .slice(at + 1, -1)
    .every(({ text }) => /^(?:\w+|->|\.|!|==|!=|&&|\|\|)$/u.test(text));
  const written = left.at(-1)?.text;
  return kind === 'simple' && at > 0 && isPath && isPlain && written !== undefined
    ? { written, tokens }
    : undefined;
}

function names({ tokens }: Statement): Set<string> {
  return new Set(tokens.map(({ text }) => text));
}

/** A local that gets a constant or another local, beside a call of a function that mentions neither. */
function isHidden(
  { written, tokens }: Assignment,
  call: Statement,
  of: LifecycleFunction,
): boolean {
  const locals = localsOf(of).map(({ name }) => name);
  const used = tokens.filter(({ kind }) => kind === 'identifier').map(({ text }) => text);
  const isLocal = (name: string): boolean => locals.includes(name) && !takesAddress(of.body, name);
  const isPlain = used.every((name) => isLocal(name) || /^(?:true|false|NULL)$/u.test(name));
  const [name, open] = call.tokens;
  const isCall =
    call.kind === 'simple' && open?.text === '(' && /^[a-z]\w*$/u.test(name?.text ?? '');
  const mentioned = names(call);
  return (
    isCall &&
    isLocal(written) &&
    isPlain &&
    !tokens.some(({ text }) => text === '->') &&
    used.every((each) => !mentioned.has(each))
  );
}

function takesAddress(body: readonly Tok[], name: string): boolean {
  return body.some(({ text }, at) => text === name && body[at - 1]?.text === '&');
}
