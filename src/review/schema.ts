import { z } from 'zod';
import { OUTCOMES } from '../machine/outcome.ts';
import { CONTRACTS } from '../lifecycle/scenario.ts';
import { CLASSES, VERDICTS } from '../lifecycle/verdict.ts';

const outcome = z.enum(Object.keys(OUTCOMES));
const side = z.enum(['LEFT', 'RIGHT']);
const place = z
  .string()
  .describe(
    '`path:line function`. On a line that the patch adds or changes: path and line as the patch has them. ' +
      'Elsewhere: the file that ran, by its path in the rule pack, such as `model/...` or `scenarios/...`.',
  );
/** Null where the end has no place. */
const at = place.nullable();
const end = z.strictObject({ outcome, at });

const entry = z.strictObject({
  object: z.string(),
  kind: z.enum(['take', 'drop']),
  at: place,
  holder: z.string(),
  matched: z.boolean(),
});

/** An object of the counterexample after a step; `edges` are its pointers to others, by their ids. */
const node = z.strictObject({
  id: z.string(),
  /** As the rule pack calls it: `region`, `owner`, `space`, `view`. */
  kind: z.string(),
  /** References on it; null where its kind counts none. */
  count: z.number().nullable(),
  state: z.enum(['alive', 'dying', 'finalized', 'freed']),
  edges: z.array(
    z.strictObject({
      field: z.string(),
      role: z.enum(['owner', 'within', 'contains', 'refers']),
      to: z.string(),
    }),
  ),
});

const step = z.strictObject({
  place: place.nullable(),
  /** The same place in its parts. */
  at: z.strictObject({ path: z.string(), line: z.int(), function: z.string() }).nullable(),
  /** That line of the source. */
  text: z.string(),
  /** What happens there. */
  what: z.string(),
  /** The objects that are others than after the step before; all that went before them stay as they were. */
  changed: z.array(node),
});

const scenario = z.strictObject({
  id: z.string(),
  contract: z.enum(CONTRACTS),
  before: end,
  after: end,
  class: z.enum(CLASSES),
  /** Numbers of the patches, from 1, that made it end worse and better; null where none did. */
  patches: z.strictObject({ worse: z.int().nullable(), better: z.int().nullable() }),
});

/** A repair that was replayed: no finding of its line is left, and nothing ends worse than on the base. */
const suggestion = z.strictObject({
  path: z.string(),
  /** Where only lines that the patch adds are replaced: those of the post-image, and what they become. */
  block: z
    .strictObject({ startLine: z.int(), endLine: z.int(), lines: z.array(z.string()) })
    .nullable(),
  /** The same as a unified diff on top of the patch; without line numbers where the model was run. */
  diff: z.string(),
});

const finding = z.strictObject({
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/u),
  class: z.enum(CLASSES),
  outcome,
  scenario: z.string(),
  /** Other scenarios that end the same way at the same place. */
  others: z.array(z.string()),
  /** The place of the anchor's patch among `input.patches`, from 1. */
  patch: z.int(),
  /** A changed line of the patch; `LEFT`: one that it removes, by the line of the pre-image. */
  anchor: z.strictObject({ path: z.string(), side, line: z.int() }),
  message: z.string(),
  /** References on the objects that the finding is about. */
  ledger: z.strictObject({
    before: z.array(entry),
    after: z.array(entry),
    partsAt: z.int().nullable(),
  }),
  /** The executions cut to the statements that touch the objects concerned; `partsAt`: the first that differ. */
  steps: z.strictObject({
    before: z.array(step),
    after: z.array(step),
    partsAt: z.strictObject({ before: z.int(), after: z.int() }).nullable(),
  }),
  replay: z.string(),
  suggestion: suggestion.nullable(),
});

const told = z.strictObject({ fingerprint: z.string(), outcome, scenario: z.string() });

/** What became of the findings of an earlier version, by their fingerprints. */
const history = z.strictObject({
  previous: z.strictObject({
    subject: z.string(),
    version: z.int(),
    messageId: z.string().nullable(),
  }),
  cleared: z.array(told),
  remaining: z.array(told),
  new: z.array(told),
});

/** What `--format json` prints: one review of one series. */
export const reviewSchema = z.strictObject({
  schema: z.literal('check-lifecycle/review/1'),
  input: z.strictObject({
    kind: z.enum(['diff', 'patch', 'mbox', 'reply']),
    subject: z.string(),
    messageId: z.string().nullable(),
    version: z.int(),
    patches: z.array(
      z.strictObject({
        index: z.int(),
        total: z.int(),
        subject: z.string(),
        files: z.array(z.string()),
      }),
    ),
    repairs: z.array(z.string()),
  }),
  mode: z.enum(['patch-only', 'tree']),
  /** How the sides came about: which base was taken, what was merged or left aside. */
  remarks: z.array(z.string()),
  verdict: z.enum(VERDICTS),
  /** Why, in one sentence. */
  reason: z.string(),
  scenarios: z.array(scenario),
  /** Cases of scenarios with cases that are not listed, by their class. */
  quiet: z.strictObject({ clean: z.int(), preexisting: z.int() }),
  findings: z.array(finding),
  /** Remarks on added prose, which never move the verdict. */
  wording: z.array(
    z.strictObject({
      /** Number of the patch in the series, from 1. */
      patch: z.int(),
      /** A path, or `message`. */
      where: z.string(),
      /** Of the post-image, or of the message body; 0 is the subject. */
      line: z.int(),
      /** That line. */
      text: z.string(),
      remark: z.string(),
    }),
  ),
  /** Null where no earlier version was given. */
  history: history.nullable(),
  coverage: z.strictObject({
    changedLines: z.int(),
    executedLines: z.int(),
    notMapped: z.array(
      z.strictObject({
        path: z.string(),
        side,
        line: z.int(),
        text: z.string(),
        reason: z.string(),
      }),
    ),
    notModelled: z.array(z.string()),
  }),
});

export type Review = z.infer<typeof reviewSchema>;
export type WordingRemark = Review['wording'][number];
export type Finding = Review['findings'][number];
export type History = NonNullable<Review['history']>;
export type Step = z.infer<typeof step>;
export type GraphNode = z.infer<typeof node>;
export type ScenarioRow = Review['scenarios'][number];
