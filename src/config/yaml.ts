import { LineCounter, isNode, isPair, isMap, parseDocument } from 'yaml';
import { z } from 'zod';

/** A value, or the first thing that is wrong with a text and where it stands (from 1). */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly line: number;
      readonly column: number;
      readonly message: string;
    };

type Path = readonly (string | number)[];
type Document = ReturnType<typeof parseDocument>;

/** Reads YAML that a schema describes; a key that it does not know is an error, with the nearest one that it does. */
export function readYaml<T>(schema: z.ZodType<T>, text: string): Reading<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  function fail(offset: number, message: string): Reading<T> {
    const at = lines.linePos(offset);
    return { ok: false, line: at.line, column: at.col, message };
  }
  const [broken] = document.errors;
  if (broken !== undefined) {
    const message = broken.message.split('\n')[0] ?? '';
    return fail(broken.pos[0], message.replace(/ at line \d+.*$/u, ''));
  }
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // Aliases that multiply.
    return fail(0, error instanceof Error ? error.message : String(error));
  }
  // An empty file sets nothing.
  const result = schema.safeParse(value ?? {});
  if (result.success) {
    return { ok: true, value: result.data };
  }
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol');
  const where = path.length === 0 ? '' : `${path.join('.')}: `;
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return fail(keyOffset(document, path, key), `${where}${unknown(key, keysAt(schema, path))}`);
  }
  return fail(offsetOf(document, path), `${where}${issue?.message ?? 'not what was expected'}`);
}

function unknown(key: string, known: readonly string[]): string {
  const near = known
    .map((name) => ({ name, far: distance(key, name) }))
    .filter(({ name, far }) => far <= Math.floor((name.length + 2) / 3))
    .toSorted((a, b) => a.far - b.far)[0];
  const hint =
    near === undefined ? `known are ${known.join(', ')}` : `did you mean \`${near.name}\`?`;
  return `there is no key \`${key}\`; ${hint}`;
}

/** The keys that a mapping at `path` may have. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let node: unknown = z.toJSONSchema(schema, { io: 'input' });
  for (const part of path) {
    node =
      typeof part === 'number' ? member(node, 'items') : member(member(node, 'properties'), part);
  }
  return Object.keys(Object(member(node, 'properties')));
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Where the value stands that `path` names, or the nearest one around it that exists. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      return node.range[0];
    }
  }
  return 0;
}

function keyOffset(document: Document, path: Path, key: string): number {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(map)
    ? map.items.find((item) => isPair(item) && isNode(item.key) && String(item.key) === key)
    : undefined;
  return isNode(pair?.key) && pair.key.range ? pair.key.range[0] : offsetOf(document, path);
}

/** How many letters are put in, left out or replaced (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.split('').entries()) {
    const next = [i + 1];
    for (const [j, other] of b.split('').entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
