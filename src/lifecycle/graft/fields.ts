import { emitTokens } from './emit.ts';
import { behindDirective, behindGroup, type Item } from './items.ts';
import { spell, type Tok } from './text.ts';

/** A field of a struct or union, or an enumerator with its comma. */
export interface Field {
  readonly name: string;
  readonly tokens: readonly Tok[];
}

function nameOf(tokens: readonly Tok[], ender: string): string {
  if (ender === ',') {
    return tokens[0]?.text ?? '';
  }
  const pointer = /\( \* (\w+) \)/.exec(spell(tokens))?.[1];
  const stop = tokens.findIndex((token) => token.text === '[' || token.text === ':');
  const seen = stop === -1 ? tokens : tokens.slice(0, stop);
  return pointer ?? seen.findLast((token) => token.kind === 'identifier')?.text ?? '';
}

export function fieldsOf(tokens: readonly Tok[], ender: string): Field[] {
  const fields: Field[] = [];
  let from = 0;
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    if (token?.text === '#' && token.startsLine && at === from) {
      at = behindDirective(tokens, at);
      fields.push({ name: spell(tokens.slice(from, at)), tokens: tokens.slice(from, at) });
      from = at;
    } else if (token?.text === ender) {
      at++;
      const part = tokens.slice(from, at);
      fields.push({ name: nameOf(part.slice(0, -1), ender), tokens: part });
      from = at;
    } else {
      at = /^[([{]$/.test(token?.text ?? '') ? behindGroup(tokens, at) : at + 1;
    }
  }
  const rest = tokens.slice(from);
  return rest.length === 0 ? fields : [...fields, { name: nameOf(rest, ender), tokens: rest }];
}

export interface RecordEdit {
  /** The C of the record after the edit; undefined when nothing changes. */
  readonly text: string | undefined;
  readonly missing: readonly Field[];
}

/** Do to the model's record what the patch does between `before` and `after`, field by field. */
export function editRecord(before: Item, after: Item, model: Item): RecordEdit {
  const ender = model.head.some((token) => token.text === 'enum') ? ',' : ';';
  const old = fieldsOf(before.body, ender);
  const next = fieldsOf(after.body, ender);
  const result = fieldsOf(model.body, ender);
  const missing: Field[] = [];
  let edits = 0;
  for (const field of old) {
    if (!next.some((other) => other.name === field.name)) {
      const at = result.findIndex((other) => other.name === field.name);
      if (at === -1) {
        missing.push(field);
      } else {
        result.splice(at, 1);
        edits++;
      }
    }
  }
  next.forEach((field, index) => {
    const same = old.find((other) => other.name === field.name);
    if (same !== undefined && spell(same.tokens) === spell(field.tokens)) {
      return;
    }
    const at = result.findIndex((other) => other.name === field.name);
    edits++;
    if (at !== -1) {
      result[at] = field;
      return;
    }
    const left = next
      .slice(0, index)
      .findLast((other) => result.some((own) => own.name === other.name));
    const place = left === undefined ? -1 : result.findIndex((own) => own.name === left.name);
    result.splice(
      place === -1 ? (index === 0 && before.opened ? 0 : result.length) : place + 1,
      0,
      field,
    );
  });
  if (edits === 0) {
    return { text: undefined, missing };
  }
  const body = result.map((field) => {
    const comma = ender === ',' && field.tokens.at(-1)?.text !== ',' ? ',' : '';
    return `${emitTokens(field.tokens).trimEnd()}${comma}\n`;
  });
  const text = `${emitTokens(model.head)}{\n${body.join('')}${emitTokens(model.tail)}`;
  return { text, missing };
}
