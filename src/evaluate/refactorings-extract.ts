import type { Tok } from '../lifecycle/graft/text.ts';
import type { LifecycleFunction, SourceFile } from './functions.ts';
import { isUse, type Local, localsOf } from './locals.ts';
import type { Draft } from './mutants.ts';
import type { Block } from '../lifecycle/repair/statements.ts';
import { everyStatement } from '../lifecycle/repair/statements.ts';

/** The body of an `if` or a loop as a function of its own, where it only reads the variables around it. */
export function extracted(of: LifecycleFunction, { text }: SourceFile): Draft[] {
  const blocks = of.placed.flatMap(({ statement }) => [
    ...(statement.body === undefined ? [] : [statement.body]),
    ...(statement.otherwise === undefined ? [] : [statement.otherwise]),
  ]);
  return blocks.flatMap((block, index) => {
    const parameters = parametersFor(of, block);
    if (parameters === undefined) {
      return [];
    }
    const name = `${of.name}_part${index}`;
    const inside = text.slice(block.start + 1, block.end - 1);
    const declared = parameters.map(({ type, name: each }) => `${type} ${each}`).join(', ');
    const head = `static void ${name}(${declared === '' ? 'void' : declared})`;
    const call = `{ ${name}(${parameters.map(({ name: each }) => each).join(', ')}); }`;
    return [
      {
        operator: 'extract-helper',
        line: block.list[0]?.line ?? of.lines.first,
        edits: [
          { start: of.start, end: of.start, text: `${head}\n{${inside}}\n\n` },
          { start: block.start, end: block.end, text: call },
        ],
      },
    ];
  });
}

/** The variables around a block that it reads; undefined where it cannot stand by itself. */
function parametersFor(of: LifecycleFunction, block: Block): Local[] | undefined {
  const tokens = of.body.filter(({ start, end }) => start >= block.start && end <= block.end);
  const all = everyStatement(block.list);
  const isClosed =
    block.braced &&
    all.length > 0 &&
    all.every(({ statement: { kind } }) => kind !== 'label' && kind !== 'directive') &&
    !tokens.some(({ text }) => /^(?:return|break|continue|goto)$/u.test(text));
  if (!isClosed) {
    return undefined;
  }
  const inner = new Set(
    all.flatMap(({ statement: { kind, tokens: declaration } }) =>
      kind === 'declaration' ? declaration.map(({ text }) => text) : [],
    ),
  );
  const known = localsOf(of);
  const declared = new Set(of.placed.flatMap(({ statement }) => declaredNames(statement.tokens)));
  const used = known.filter(({ name }) => tokens.some((_, at) => isUse(tokens, at, name)));
  const isRead = ({ name, type }: Local): boolean =>
    !inner.has(name) && /^[\w *]+$/u.test(type) && !/\bstatic\b/u.test(type) && reads(tokens, name);
  // A variable that is declared in a way not understood might be among those that the block uses.
  const isUnknown = tokens.some(
    ({ text }) => declared.has(text) && !known.some(({ name }) => name === text),
  );
  return isUnknown || !used.every(isRead) ? undefined : used;
}

/** Arrays and names that are declared twice: what localsOf does not tell. */
function declaredNames(tokens: readonly Tok[]): string[] {
  return tokens.flatMap((token, at) =>
    token.kind === 'identifier' && tokens[at + 1]?.text === '[' && at > 0 ? [token.text] : [],
  );
}

/** Never written, its address not taken, no macro's variable. */
function reads(tokens: readonly Tok[], name: string): boolean {
  return tokens.every((_, at) => {
    if (!isUse(tokens, at, name)) {
      return true;
    }
    const before = tokens[at - 1]?.text ?? '';
    const after = tokens[at + 1]?.text ?? '';
    const isWritten =
      /^(?:[-+*/|&^]?=|<<=|>>=|\+\+|--)$/u.test(after) || /^(?:\+\+|--)$/u.test(before);
    const field = /^(?:->|\.|\[)$/u.test(after);
    const isAddress = before === '&' && after !== '->';
    const isMacro = before === '(' && /^[A-Z]/u.test(tokens[at - 2]?.text ?? '') && !field;
    return !isWritten && !isAddress && !isMacro && !(after === '.' && before !== '(');
  });
}
