import { z } from 'zod';
import type { Finding, Review } from './schema.ts';

/** Of an earlier review only this is needed, so that one that an older program wrote can be read. */
const earlierSchema = z.object({
  schema: z.literal('check-lifecycle/review/1'),
  input: z.object({
    subject: z.string(),
    version: z.int(),
    messageId: z.string().nullable(),
  }),
  findings: z.array(
    z.object({ fingerprint: z.string(), outcome: z.string(), scenario: z.string() }),
  ),
});

/** The review of an earlier version. */
export type Earlier = z.infer<typeof earlierSchema>;

/** Reads what `--format json` printed, a review a line. Undefined where it is something else. */
export function parseEarlier(text: string): Earlier[] | undefined {
  try {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => earlierSchema.parse(JSON.parse(line)));
  } catch {
    return undefined;
  }
}

/** The one of several that is about the same series: by its subject, or the only one there is. */
export function earlierOf(subject: string, all: readonly Earlier[]): Earlier | undefined {
  const [only] = all;
  return (
    all.findLast(({ input }) => input.subject === subject) ?? (all.length === 1 ? only : undefined)
  );
}

/**
 * The review with what became of the earlier findings. A finding is the same when its fingerprint is, which names
 * scenario, outcome and the function that fails, and no lines.
 */
export function withHistory(review: Review, earlier: Earlier): Review {
  const before = new Map(earlier.findings.map((each) => [each.fingerprint, each]));
  const now = new Set(review.findings.map((each) => each.fingerprint));
  const { subject, version, messageId } = earlier.input;
  return {
    ...review,
    history: {
      previous: { subject, version, messageId },
      cleared: [...before.values()].filter(({ fingerprint }) => !now.has(fingerprint)).map(told),
      remaining: review.findings.filter(({ fingerprint }) => before.has(fingerprint)).map(told),
      new: review.findings.filter(({ fingerprint }) => !before.has(fingerprint)).map(told),
    },
  };
}

type Told = Pick<Finding, 'fingerprint' | 'scenario'> & { outcome: string };

function told({ fingerprint, outcome, scenario }: Told): Told {
  return { fingerprint, outcome, scenario };
}
