import type { Posting } from './posting.ts';
import type { Series } from './series.ts';

/** The mails of one series while they are collected. */
interface Group {
  readonly key: string;
  cover?: Posting;
  readonly patches: Map<number, Posting>;
}

/**
 * Sorts the mails of one input into series, in the order in which each first appears. Mails belong together that have
 * the same prefix, version and total and hang in one thread; without threading (`git format-patch --stdout`), those
 * that follow each other until a number comes twice.
 */
export function groupSeries(postings: readonly Posting[], mbox: boolean): Series[] {
  const groups: Group[] = [];
  const heads = threadHeads(postings);
  for (const posting of postings) {
    const index = numberOf(posting);
    if (posting.patch === undefined && index !== 0) {
      continue;
    }
    const key = `${seriesName(posting)} ${heads.get(posting) ?? ''}`;
    const total = posting.subject.total ?? 1;
    let group =
      total === 1 && index !== 0 ? lonely(groups, key) : groups.findLast((one) => one.key === key);
    if (
      group === undefined ||
      (index === 0 ? group.cover !== undefined : group.patches.has(index))
    ) {
      group = { key, patches: new Map() };
      groups.push(group);
    }
    if (index === 0) {
      group.cover = posting;
    } else {
      group.patches.set(index, posting);
    }
  }
  return groups.filter(({ patches }) => patches.size > 0).map((group) => seriesOf(group, mbox));
}

/** A patch that is not numbered joins nothing but the cover letter of a series of one. */
function lonely(groups: readonly Group[], key: string): Group | undefined {
  return groups.findLast(
    (one) => one.key === key && one.cover !== undefined && one.patches.size === 0,
  );
}

function numberOf(posting: Posting): number {
  return posting.subject.index ?? 1;
}

/** What all mails of a series have in common in their subjects. */
export function seriesName({ subject }: Posting): string {
  return `${subject.prefix} v${subject.version} /${subject.total ?? 1}`;
}

/**
 * The head of each mail's thread among the mails of its own series: the answered mail that is furthest up and still
 * has the same name, or, where that is not at hand, the identifier of what was answered.
 */
function threadHeads(postings: readonly Posting[]): Map<Posting, string> {
  const byId = new Map(postings.map((posting) => [posting.messageId, posting]));
  const up = new Map(postings.map((posting) => [posting, parentOf(posting, byId)]));
  const answered = new Set(up.values());
  const heads = new Map<Posting, string>();
  for (const posting of postings) {
    const head = headOf(posting, up);
    // Numbered mails sent without any threading have nothing in common but their name.
    heads.set(posting, head.parents.length === 0 && !answered.has(head) ? '' : headName(head));
  }
  return heads;
}

function headOf(posting: Posting, up: ReadonlyMap<Posting, Posting | undefined>): Posting {
  const seen = new Set<Posting>();
  let head = posting;
  for (let next = up.get(head); next !== undefined && !seen.has(next); next = up.get(head)) {
    seen.add(next);
    head = next;
  }
  return head;
}

function parentOf(
  posting: Posting,
  byId: ReadonlyMap<string | undefined, Posting>,
): Posting | undefined {
  return posting.parents
    .map((id) => byId.get(id))
    .find(
      (parent) =>
        parent !== undefined && parent !== posting && seriesName(parent) === seriesName(posting),
    );
}

/** A cover letter names its thread also where it answers an older version; other mails are named by what they answer. */
function headName(head: Posting): string {
  const answers = numberOf(head) === 0 ? undefined : head.parents[0];
  return answers ?? head.messageId ?? '';
}

function seriesOf(group: Group, mbox: boolean): Series {
  const postings = [...group.patches].toSorted(([a], [b]) => a - b).map(([, posting]) => posting);
  const head = group.cover ?? postings[0];
  const several = postings.length > 1;
  const repairs = postings.flatMap((posting) =>
    posting.repairs.map((repair) => (several ? `patch ${numberOf(posting)}: ${repair}` : repair)),
  );
  const kind =
    mbox && (several || group.cover !== undefined) ? 'mbox' : (postings[0]?.kind ?? 'diff');
  return {
    kind,
    subject: head?.subject.title ?? '',
    ...(head?.messageId === undefined ? {} : { messageId: head.messageId }),
    ...(head?.envelope === undefined ? {} : { envelope: head.envelope }),
    version: head?.subject.version ?? 1,
    patches: postings.flatMap(({ patch }) => (patch === undefined ? [] : [patch])),
    repairs,
  };
}
