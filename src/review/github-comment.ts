import type { Shown } from './github.ts';
import {
  codeOf,
  fenced,
  folded,
  listOf,
  markdown,
  marker,
  paragraph,
  sentences,
  strongOf,
  textOf,
} from './github-text.ts';
import type { Block } from './github-text.ts';
import { ledgerLines } from './ledger-lines.ts';
import type { Review } from './schema.ts';

const LEDGER_LINES = 12;
/** Room for everything that GitHub or a reader's mail adds. */
const MOST_COMMENT = 20_000;

const FOOTER =
  'I run the C that a patch changes, before and after it; the same input gives the same answer. ';

/** An inline comment: the first finding in full, the others of its line in a line each. */
export function findingComment(group: readonly Shown[]): string {
  const [first, ...rest] = group;
  if (first === undefined) {
    return '';
  }
  const blocks = [
    ...findingBlocks(first),
    ...(rest.length === 0 ? [] : [listOf(rest.map(inShort))]),
  ];
  const fingerprints = group.map(({ finding }) => finding.fingerprint);
  return markdown(blocks, [marker('finding', fingerprints)], MOST_COMMENT);
}

/** The body of a review: the verdict, and the findings that no line of the difference can carry. */
export function reviewBody(review: Review, rest: readonly Shown[], key = 'local'): string {
  const head = paragraph(strongOf(review.verdict), textOf(': '), ...sentences(review.reason));
  const blocks: Block[] = rest.flatMap((shown) => [
    paragraph(
      textOf('At '),
      codeOf(whereOf(shown)),
      textOf(', which this difference does not show:'),
    ),
    ...findingBlocks(shown),
  ]);
  const fingerprints = rest.map(({ finding }) => finding.fingerprint);
  const footer = paragraph(
    textOf(FOOTER),
    codeOf('/check-lifecycle help'),
    textOf(' says how to ask me, or to silence me.'),
  );
  const markers = [
    ...(rest.length === 0 ? [] : [marker('finding', fingerprints)]),
    marker('review', [key]),
  ];
  return markdown([head, ...blocks], [footer, ...markers]);
}

function whereOf({ finding: { anchor } }: Shown): string {
  return `${anchor.path}:${anchor.line}${anchor.side === 'LEFT' ? ' (removed)' : ''}`;
}

/** What happens, the references, the repair and the command that replays it. */
export function findingBlocks(shown: Shown): Block[] {
  const { finding, label } = shown;
  return [
    paragraph(strongOf(`${label}: ${finding.outcome}`), textOf(' in '), codeOf(finding.scenario)),
    paragraph(...sentences(finding.message)),
    ...suggestionBlocks(shown),
    ...evidence(shown),
  ];
}

function inShort({ finding, label }: Shown): ReturnType<typeof sentences> {
  const more = finding.others.length;
  return [
    strongOf(`${label}: ${finding.outcome}`),
    textOf(' in '),
    codeOf(finding.scenario),
    ...(more > 0 ? [textOf(` and ${more} more`)] : []),
  ];
}

function suggestionBlocks({ finding: { suggestion }, block }: Shown): Block[] {
  if (suggestion === null) {
    return [];
  }
  const replayed = 'With this, replayed, it ends clean and nothing else ends worse:';
  return block === undefined
    ? [paragraph(textOf(replayed)), fenced('diff', suggestion.diff)]
    : [paragraph(textOf(replayed)), fenced('suggestion', suggestion.block?.lines.join('\n') ?? '')];
}

function evidence({ finding }: Shown): Block[] {
  const { lines, more } = ledgerLines(finding, LEDGER_LINES);
  const ledger = [...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n');
  return [
    folded('References and how to replay it', [
      ...(ledger === '' ? [] : [fenced('text', ledger)]),
      fenced('sh', finding.replay),
    ]),
  ];
}
