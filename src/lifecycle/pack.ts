import { LineCounter, isNode, parseDocument } from 'yaml';
import { z } from 'zod';

const glob = z.string().min(1);
const reference = z.strictObject({ call: glob, argument: z.int().min(0) });

const packSchema = z.strictObject({
  name: z.string().min(1),
  title: z.string().min(1),
  files: z
    .array(z.strictObject({ model: z.string().min(1), history: z.array(z.string().min(1)).min(1) }))
    .min(1),
  prepare: z.string().min(1).optional(),
  entry: z.string().min(1),
  scenario: z.string().min(1),
  include: z.array(z.string().min(1)),
  units: z.array(z.string().min(1)).min(1),
  tree: z.strictObject({
    markers: z.array(z.string().min(1)).min(1),
    include: z.array(z.string().min(1)),
    units: z.array(z.string().min(1)).min(1),
  }),
  concern: z.strictObject({
    functions: z.array(glob),
    calls: z.array(glob),
    fields: z.array(z.string().min(1)),
  }),
  references: z.strictObject({
    take: z.array(reference).min(1),
    drop: z.array(reference).min(1),
    through: z.array(z.string().min(1)),
  }),
  repair: z.strictObject({
    pairs: z.array(z.strictObject({ take: z.string().min(1), drop: z.string().min(1) })),
    assertions: z.array(glob),
  }),
  externals: z.strictObject({
    stubs: z.array(z.strictObject({ match: glob, returns: z.int() })),
  }),
  sanity: z.array(z.string().min(1)),
  wording: z.record(z.string(), z.string().min(1)),
});

/** Everything that knows about one refcounted subsystem: files, functions, references, programs. */
export type Pack = z.infer<typeof packSchema>;

/** A rule pack that cannot be read: `file:line:column` and what was expected there. */
export class PackError extends Error {
  constructor(file: string, line: number, column: number, message: string) {
    super(`${file}:${line}:${column}: ${message}`);
    this.name = 'PackError';
  }
}

/** Reads `pack.yaml`. Throws PackError at the first thing that is wrong, where it stands. */
export function parsePack(file: string, text: string): Pack {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken !== undefined) {
    const at = lines.linePos(broken.pos[0]);
    const message = broken.message.split('\n')[0] ?? '';
    throw new PackError(file, at.line, at.col, message.replace(/ at line \d+.*$/u, ''));
  }
  const result = packSchema.safeParse(document.toJS());
  if (result.success) {
    return result.data;
  }
  const issue = result.error.issues[0];
  const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol');
  const at = lines.linePos(offsetOf(document, path));
  const where = path.length === 0 ? '' : `${path.join('.')}: `;
  throw new PackError(file, at.line, at.col, `${where}${issue?.message ?? 'not a rule pack'}`);
}

/** Where the value stands that `path` names, or the nearest one around it that exists. */
function offsetOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly (string | number)[],
): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      return node.range[0];
    }
  }
  return 0;
}

/** The file of the model that stands for `path` of a QEMU tree of any release, if the pack has one. */
export function modelPath(pack: Pack, path: string): string | undefined {
  return pack.files.find((file) => file.history.includes(path))?.model;
}

/** Whether `name` matches one of the globs, in which `*` is any text. */
export function matches(globs: readonly string[], name: string): boolean {
  return globs.some((each) => globPattern(each).test(name));
}

const patterns = new Map<string, RegExp>();

function globPattern(text: string): RegExp {
  let pattern = patterns.get(text);
  if (pattern === undefined) {
    const source = text.replaceAll(/[.+?^${}()|[\]\\]/gu, String.raw`\$&`).replaceAll('*', '.*');
    pattern = new RegExp(`^${source}$`, 'u');
    patterns.set(text, pattern);
  }
  return pattern;
}
