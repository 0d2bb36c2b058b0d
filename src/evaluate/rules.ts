import { parse } from 'yaml';
import { z } from 'zod';

const globs = z.array(z.string().min(1));

const rulesSchema = z.strictObject({
  calls: z.strictObject({
    take: globs,
    drop: globs,
    link: globs,
    unlink: globs,
    allocate: globs,
    free: globs,
    begin: globs,
    commit: globs,
    assert: globs,
  }),
  /** Fields that lead from an object to a neighbour of the same type. */
  neighbours: z.array(z.strictObject({ type: z.string().min(1), fields: globs.min(1) })),
  survivors: z.array(
    z.strictObject({
      /** Names of mutants; `*` is any text. */
      mutants: globs.min(1),
      is: z.enum(['equivalent', 'allowed', 'missed']),
      because: z.string().min(1),
    }),
  ),
});

/** What the evaluation knows of the subsystem: what its calls do, and why mutants survived. */
export type EvaluationRules = z.infer<typeof rulesSchema>;
export type Lists = EvaluationRules['calls'];

/** Throws where the text is no such file: it belongs to the pack, so that is a bug. */
export function parseRules(text: string): EvaluationRules {
  return rulesSchema.parse(parse(text));
}
