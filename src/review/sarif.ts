import type {
  CodeFlow,
  Fix,
  Location,
  Log,
  Notification,
  ReportingDescriptor,
  Result,
  Run,
  ThreadFlow,
} from 'sarif';
import { OUTCOMES } from '../machine/outcome.ts';
import type { Finding, Review, Step, WordingRemark } from './schema.ts';
import { visible } from './prose.ts';
import { wellFormed } from './well-formed.ts';

/** Files of a rule pack are no files of the patched tree: a viewer is told where either begins. */
const TREE = 'SRCROOT';
const PACK = 'PACK';
const OF_PACK = /^(?:model|scenarios|shim|tree)\/|^(?:lifecycle|invariants)\.[ch]$/u;

/** What to look for where an execution ends so; shown beside the finding. */
const HELP: Readonly<Partial<Record<string, string>>> = {
  leak: 'A reference was taken that nobody drops, or two objects hold each other. Compare the references of both sides: the first that has no partner is where to look.',
  invariant:
    'Lists, counters or links do not agree any more at a moment when they must. Look at what is undone by halves.',
  assertion:
    'The code under test stopped itself. Look at what the asserted condition needs, and in which order the patched code brings it about.',
  'refcount-underflow':
    'A reference is dropped that nobody took. Look for a take that is guarded where its drop is not.',
  'dangling-reference':
    'A living object still points to one that is finalized. Look for the link that was to hold a reference, or that was to be undone first.',
  'use-after-free':
    'Memory is used after its last reference was dropped. Look for the drop before the use, and for the reference that should have kept it.',
  'double-free':
    'Memory is freed twice, or an object finalized twice. Look for two owners of one reference.',
};
const OTHER_HELP =
  'The same program did not end so on the base. Follow both executions to the step where they part.';

/**
 * Reviews as one SARIF 2.1.0 log: a run for each, a result for each finding, both executions as its code flow. Several
 * runs of one tool are told apart by their automation details, which those that take logs in ask for.
 */
export function renderSarif(...reviews: readonly [Review, ...Review[]]): string {
  const [only] = reviews;
  const log: Log = {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs:
      reviews.length === 1
        ? [runOf(only)]
        : reviews.map((review, index) => ({
            ...runOf(review),
            automationDetails: {
              id: `check-lifecycle/series-${index + 1}/`,
              description: { text: plain(review.input.subject) },
            },
          })),
  };
  return `${JSON.stringify(log)}\n`;
}

function runOf(review: Review): Run {
  const { findings, input, verdict, reason } = review;
  const used = [...new Set(findings.map(({ outcome }) => outcome))].toSorted();
  // Those on a message are on no file, and nowhere to show.
  const remarks = review.wording.filter(({ where }) => where !== 'message');
  return {
    tool: {
      driver: {
        name: 'check-lifecycle',
        rules: [...used.map(ruleOf), ...(remarks.length === 0 ? [] : [WORDING])],
      },
    },
    originalUriBaseIds: {
      [TREE]: { description: { text: 'The tree that the patch is for.' } },
      [PACK]: { description: { text: 'The rule pack: scenarios, and the model of the tree.' } },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: verdict !== 'inconclusive',
        toolExecutionNotifications: notifications(review),
      },
    ],
    results: [
      ...findings.map((finding) => resultOf(finding, used.indexOf(finding.outcome))),
      ...remarks.map((remark) => remarkOf(remark, used.length)),
    ],
    properties: {
      verdict,
      reason: plain(reason),
      subject: plain(input.subject),
      version: input.version,
      mode: review.mode,
      changedLines: review.coverage.changedLines,
      executedLines: review.coverage.executedLines,
    },
  };
}

function ruleOf(outcome: string): ReportingDescriptor {
  const rule = Object.entries(OUTCOMES).find(([name]) => name === outcome)?.[1].rule ?? outcome;
  const help = HELP[outcome] ?? OTHER_HELP;
  return {
    id: `lifecycle/${outcome}`,
    name: outcome.replaceAll(/(?:^|-)(\w)/gu, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `A patch makes a scenario end with ${outcome}.` },
    fullDescription: { text: `${outcome}: ${rule}.` },
    help: { text: help, markdown: help },
    defaultConfiguration: { level: 'error' },
  };
}

function resultOf(finding: Finding, ruleIndex: number): Result {
  const { anchor, outcome, steps, suggestion } = finding;
  const end = steps.after.at(-1);
  const parting = steps.partsAt === null ? undefined : steps.after[steps.partsAt.after];
  const related = [
    { step: parting, text: 'Here the patched execution parts from the base' },
    { step: end, text: 'Here it ends' },
  ].flatMap(({ step, text }, id) =>
    step === undefined || step.at === null
      ? []
      : [{ id, ...locationOf(step, `${text}: ${step.what}`) }],
  );
  return {
    ruleId: `lifecycle/${outcome}`,
    ruleIndex,
    level: 'error',
    kind: 'fail',
    baselineState: 'new',
    message: { text: plain(finding.message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(anchor.path), uriBaseId: TREE },
          region: { startLine: Math.max(1, anchor.line) },
        },
        ...(anchor.side === 'LEFT'
          ? { message: { text: 'A line that the patch removes, by its number before the patch.' } }
          : {}),
      },
    ],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    codeFlows: [codeFlow(finding)],
    partialFingerprints: { 'checkLifecycle/v1': finding.fingerprint },
    ...(suggestion === null || suggestion.block === null
      ? {}
      : { fixes: [fixOf(suggestion.path, suggestion.block)] }),
    properties: {
      scenario: plain(finding.scenario),
      others: finding.others.map(plain),
      patch: finding.patch,
      replay: plain(finding.replay),
    },
  };
}

const WORDING: ReportingDescriptor = {
  id: 'wording',
  name: 'Wording',
  shortDescription: { text: 'A remark on added prose.' },
  fullDescription: {
    text: 'A remark on the wording of a comment or of documentation that a patch adds.',
  },
  help: { text: 'A question mark stands where it is a guess.' },
  defaultConfiguration: { level: 'note' },
};

function remarkOf({ patch, where, line, text, remark }: WordingRemark, ruleIndex: number): Result {
  return {
    ruleId: WORDING.id,
    ruleIndex,
    level: 'note',
    message: { text: plain(remark) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(where), uriBaseId: TREE },
          region: { startLine: Math.max(1, line), snippet: { text: visible(text) } },
        },
      },
    ],
    properties: { patch },
  };
}

function codeFlow({ scenario, steps }: Finding): CodeFlow {
  return {
    message: { text: plain(`${scenario} on the base and with the patch`) },
    threadFlows: [
      threadFlow('base', 'On the base', steps.before, steps.partsAt?.before),
      threadFlow('patched', 'With the patch', steps.after, steps.partsAt?.after),
    ],
  };
}

function threadFlow(
  id: string,
  text: string,
  steps: readonly Step[],
  partsAt: number | undefined,
): ThreadFlow {
  return {
    id,
    message: { text },
    locations: steps.map((step, index) => ({
      location: locationOf(step, step.what),
      executionOrder: index + 1,
      importance: index === partsAt || index === steps.length - 1 ? 'essential' : 'important',
    })),
  };
}

function locationOf({ at, text }: Step, words: string): Location {
  const message = { text: plain(words) };
  if (at === null) {
    return { message };
  }
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(at.path), uriBaseId: OF_PACK.test(at.path) ? PACK : TREE },
      region: {
        startLine: Math.max(1, at.line),
        ...(text === '' ? {} : { snippet: { text: visible(text) } }),
      },
    },
    logicalLocations: [{ name: visible(at.function), kind: 'function' }],
    message,
  };
}

type Block = NonNullable<NonNullable<Finding['suggestion']>['block']>;

function fixOf(path: string, { startLine, endLine, lines }: Block): Fix {
  return {
    description: { text: 'With this no scenario ends worse than on the base.' },
    artifactChanges: [
      {
        artifactLocation: { uri: uriOf(path), uriBaseId: TREE },
        replacements: [
          {
            deletedRegion: { startLine, startColumn: 1, endLine: endLine + 1, endColumn: 1 },
            insertedContent: { text: lines.map((line) => `${line}\n`).join('') },
          },
        ],
      },
    ],
  };
}

function notifications({ coverage, remarks }: Review): Notification[] {
  const texts = [
    ...remarks,
    ...coverage.notMapped.map(
      ({ path, line, text, reason }) => `not mapped: ${path}:${line}: ${text.trim()}: ${reason}`,
    ),
    ...coverage.notModelled.map((name) => `not modelled: ${name}`),
  ];
  return texts.map((text) => ({ level: 'note', message: { text: plain(text) } }));
}

/** Text of others is not to become a link: `[text](target)` is one in every message (SARIF 2.1.0 §3.11.6). */
function plain(text: string): string {
  return visible(text).replaceAll('](', '] (');
}

/** A relative reference whatever the path says: no scheme, no host, no way out of the base (RFC 3986 §4.2). */
function uriOf(path: string): string {
  const segments = path.split('/').filter((each) => each !== '' && each !== '.' && each !== '..');
  return segments.map((each) => encodeURIComponent(wellFormed(each))).join('/');
}
