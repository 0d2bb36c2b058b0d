import { z } from 'zod';
import { readYaml } from '../config/yaml.ts';

const glob = z.string().min(1);
const reference = z.strictObject({ call: glob, argument: z.int().min(0) });

/** A member of a record, as C reaches it: `parent_obj.ref`. */
const member = z.string().regex(/^\w+(?:\.\w+)*$/u);

/** Pointers of a node: one; a list (`next` leads on, in what is pointed to); or an array of `length` records. */
const edge = z.strictObject({
  field: member,
  /** How it is drawn: around what it owns, up to what it is in, down to what is in it, or as an arrow. */
  role: z.enum(['owner', 'within', 'contains', 'refers']).default('refers'),
  /** What it is called, where that is not its field. */
  as: z.string().min(1).optional(),
  next: member.optional(),
  length: member.optional(),
  /** The pointer in each record of an array. */
  each: member.optional(),
});

const graphSchema = z.strictObject({
  /** Records that are drawn, those that begin with another one first. */
  nodes: z.array(
    z.strictObject({
      type: z.string().min(1),
      kind: z.string().min(1),
      count: member.optional(),
      name: member.optional(),
      edges: z.array(edge),
    }),
  ),
  /** Calls with which a node is finalized: it is when they return. */
  ends: z.array(reference),
  /** Calls on nodes that are steps of their own. */
  tell: z.array(glob),
  /** Calls that are one step where both sides do the same in them. */
  whole: z.array(glob),
});

/** Scenarios that need more of a tree than the others, in a program of their own. */
const groupSchema = z.strictObject({
  /** Their folders, below `scenarios/`. */
  scenarios: z.array(z.string().min(1)).min(1),
  /** Files of the tree, each by any of these names; without one of them these scenarios are left out. */
  needs: z.array(z.array(z.string().min(1)).min(1)).min(1),
  units: z.array(z.string().min(1)).min(1),
  /** Units of the tree's that are not linked here, since others stand in their place. */
  without: z.array(z.string().min(1)),
});

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
  test: z.strictObject({
    parts: z.array(z.string().min(1)).min(1),
    folder: z.string().min(1),
    libraries: z.array(z.string().min(1)),
    files: z.array(z.string().min(1)),
    include: z.array(z.string().min(1)),
    arguments: z.array(z.string().min(1)),
    configure: z.string().min(1),
  }),
  tree: z.strictObject({
    markers: z.array(z.string().min(1)).min(1),
    include: z.array(z.string().min(1)),
    units: z.array(z.string().min(1)).min(1),
    groups: z.array(groupSchema).default([]),
  }),
  /** Those of the tree's that can be linked: none on the model. */
  groups: z.array(groupSchema).default([]),
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
  graph: graphSchema,
  externals: z.strictObject({
    stubs: z.array(z.strictObject({ match: glob, returns: z.int() })),
  }),
  sanity: z.array(z.string().min(1)),
  wording: z.record(z.string(), z.string().min(1)),
});

/** Everything that knows about one refcounted subsystem: files, functions, references, programs. */
export type Pack = z.infer<typeof packSchema>;
export type Group = z.infer<typeof groupSchema>;
export type NodeRule = Pack['graph']['nodes'][number];
export type EdgeRole = NodeRule['edges'][number]['role'];

/** A rule pack that cannot be read: `file:line:column` and what was expected there. */
export class PackError extends Error {
  constructor(file: string, line: number, column: number, message: string) {
    super(`${file}:${line}:${column}: ${message}`);
    this.name = 'PackError';
  }
}

/** Reads `pack.yaml`. Throws PackError at the first thing that is wrong, where it stands. */
export function parsePack(file: string, text: string): Pack {
  const reading = readYaml(packSchema, text);
  if (!reading.ok) {
    throw new PackError(file, reading.line, reading.column, reading.message);
  }
  return reading.value;
}

/** The file of the model that stands for `path` of a QEMU tree of any release, if the pack has one. */
export function modelPath(pack: Pack, path: string): string | undefined {
  return pack.files.find((file) => file.history.includes(path))?.model;
}

/** The group that a scenario is of; most are of none. */
export function groupOf(groups: readonly Group[], id: string): Group | undefined {
  return groups.find(({ scenarios }) => scenarios.some((folder) => id.startsWith(`${folder}/`)));
}

/** Whether what a scenario is linked with is there. */
export function canLink(pack: Pack, id: string): boolean {
  return groupOf(pack.tree.groups, id) === undefined || groupOf(pack.groups, id) !== undefined;
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
