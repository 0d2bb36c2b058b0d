import { spell, type Tok } from './text.ts';
import { behindGroup } from './items.ts';

interface Parameter {
  readonly name: string;
  readonly type: string;
}

function parameters(head: readonly Tok[]): Parameter[] {
  const open = head.findIndex(
    (token, at) => token.text === '(' && head[at - 1]?.kind === 'identifier',
  );
  if (open === -1) {
    return [];
  }
  const groups: Tok[][] = [[]];
  for (let at = open + 1; at < behindGroup(head, open) - 1;) {
    const token = head[at];
    if (token?.text === '(' || token?.text === '[') {
      const end = behindGroup(head, at);
      head.slice(at, end).forEach((each) => groups.at(-1)?.push(each));
      at = end;
    } else {
      if (token?.text === ',') {
        groups.push([]);
      } else if (token !== undefined) {
        groups.at(-1)?.push(token);
      }
      at++;
    }
  }
  return groups.map((group) => {
    const pointer = /\( \* (\w+) \)/.exec(spell(group))?.[1];
    const name = pointer ?? group.findLast((token) => token.kind === 'identifier')?.text ?? '';
    return { name, type: spell(group.filter((token) => token.text !== name)) };
  });
}

/** The names of a function's parameters. */
export function parameterNames(head: readonly Tok[]): string[] {
  return parameters(head).map((parameter) => parameter.name);
}

/** What the model calls the parameters of the patch, where that differs: they stand in the same order. */
export function parameterPairs(head: readonly Tok[], model: readonly Tok[]): Map<string, string> {
  const own = parameters(model);
  const pairs = parameters(head).map(({ name }, at) => [name, own[at]?.name ?? name] as const);
  return new Map(pairs.filter(([name, to]) => name !== to && name !== '' && to !== ''));
}

/** How the model's body must call its parameters once it has the post-image's head. */
export function parameterRenames(
  before: readonly Tok[],
  after: readonly Tok[],
  model: readonly Tok[],
): Map<string, string> {
  const old = parameters(before);
  const own = parameters(model);
  const next = parameters(after).filter(({ name }) => !old.some((other) => other.name === name));
  const renames = new Map<string, string>();
  old.forEach(({ name, type }, index) => {
    const stays = parameters(after).some((other) => other.name === name);
    const at = stays ? -1 : next.findIndex((other) => other.type === type);
    const to = stays ? name : next.splice(at, at === -1 ? 0 : 1)[0]?.name;
    const from = own[index]?.name;
    if (from !== undefined && to !== undefined && from !== to) {
      renames.set(from, to);
    }
  });
  return renames;
}
