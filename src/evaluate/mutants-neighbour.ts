import { matches } from '../lifecycle/pack.ts';
import type { Tok } from '../lifecycle/graft/text.ts';
import { callsIn, type LifecycleFunction } from './functions.ts';
import { isUse, localsOf } from './locals.ts';
import type { Draft, Grounds } from './mutants.ts';
import type { Statement } from '../lifecycle/repair/statements.ts';

/** The object one step away: `x` for `x->container`, `x->container` for `x`, another of the same type. */
export function neighbourMutants(of: LifecycleFunction, grounds: Grounds): Draft[] {
  const locals = localsOf(of);
  return grounds.rules.neighbours.flatMap(({ type, fields }) => {
    const names = locals.filter((each) => each.type === `${type} *`).map(({ name }) => name);
    return of.placed.flatMap(({ statement }) => {
      const tokens = usesOf(statement);
      return [
        ...tokens.flatMap((_, at) => stepsAt(tokens, at, names, fields)),
        ...(isCall(statement, grounds) ? tokens.flatMap((_, at) => others(tokens, at, names)) : []),
      ];
    });
  });
}

/** The tokens of a statement itself; what a declaration names is not used there. */
function usesOf(statement: Statement): readonly Tok[] {
  const { kind, tokens, head } = statement;
  if (kind === 'declaration') {
    const at = tokens.findIndex(({ text }) => text === '=');
    return at < 0 ? [] : tokens.slice(at + 1);
  }
  return kind === 'do' ? head : tokens;
}

function isCall(statement: Statement, { rules }: Grounds): boolean {
  const { take, drop, link, unlink, free } = rules.calls;
  const names = statement.kind === 'simple' ? callsIn(statement.tokens) : [];
  return names.some((name) => matches([...take, ...drop, ...link, ...unlink, ...free], name));
}

function stepsAt(
  tokens: readonly Tok[],
  at: number,
  names: readonly string[],
  fields: readonly string[],
): Draft[] {
  const token = tokens[at];
  if (token === undefined || !names.some((name) => isUse(tokens, at, name))) {
    return [];
  }
  const { start, line } = token;
  const field = tokens[at + 1]?.text === '->' ? tokens[at + 2] : undefined;
  if (field !== undefined && fields.includes(field.text)) {
    const aside = fields.filter((each) => each !== field.text);
    return tokens[at + 3]?.text === '='
      ? []
      : [
          { operator: 'step-back', line, edits: [{ start, end: field.end, text: token.text }] },
          ...aside.map((text) => ({
            operator: 'step-aside',
            line,
            edits: [{ start: field.start, end: field.end, text }],
          })),
        ];
  }
  const [first] = fields;
  const isTarget = /^(?:=|\+\+|--)$/u.test(tokens[at + 1]?.text ?? '');
  return first === undefined || isTarget
    ? []
    : [
        {
          operator: 'step-on',
          line,
          edits: [{ start, end: token.end, text: `${token.text}->${first}` }],
        },
      ];
}

function others(tokens: readonly Tok[], at: number, names: readonly string[]): Draft[] {
  const token = tokens[at];
  if (token === undefined || !names.some((name) => isUse(tokens, at, name))) {
    return [];
  }
  const { start, end, line } = token;
  return names
    .filter((name) => name !== token.text)
    .map((text) => ({ operator: 'another', line, edits: [{ start, end, text }] }));
}
