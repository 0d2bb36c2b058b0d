import { dismissFinding, labelFindings, lastResult } from '../jobs/history.ts';
import type { CommandJob } from '../jobs/queue.ts';
import { findingBlocks } from '../review/github-comment.ts';
import {
  codeOf,
  fenced,
  folded,
  listOf,
  markdown,
  marker,
  paragraph,
  textOf,
} from '../review/github-text.ts';
import type { Block } from '../review/github-text.ts';
import { reviewSchema } from '../review/schema.ts';
import type { Finding } from '../review/schema.ts';
import { TreeError } from '../tree/error.ts';
import { runChild, sentenceOf } from './child.ts';
import type { GitHub } from './client.ts';
import { readCommand } from './command.ts';
import type { Command } from './command.ts';
import { readRepositoryConfig, withConfigFile } from './config.ts';
import type { Workshop } from './context.ts';
import { enqueue } from './intake.ts';
import { fetchPull } from './judge.ts';
import { once } from './once.ts';

/** A command, and what it is carried out with. */
interface Asked {
  readonly shop: Workshop;
  readonly github: GitHub;
  readonly job: CommandJob;
  /** The text of the repository's configuration. */
  readonly config: string;
  readonly signal: AbortSignal;
}

/** Looks at a comment: says so with a reaction, sees who asks, and answers. */
export async function answerCommand(
  shop: Workshop,
  job: CommandJob,
  signal: AbortSignal,
): Promise<void> {
  const command = readCommand(job.text);
  const github = await shop.github(job);
  if (command === undefined || job.user === github.login) {
    return;
  }
  const asked = { repository: `${job.owner}/${job.name}`, number: job.number, user: job.user };
  const config = await readRepositoryConfig(github, job);
  if (!config.ok) {
    shop.log.warn({ ...asked, command: command.kind, reason: config.reason }, 'refused');
    return;
  }
  await shop.database.exclusive(`command ${job.delivery}`, async (lock) => {
    await github.react(job, job.comment);
    const both = AbortSignal.any([signal, lock]);
    const blocks = (await isAllowed(github, job, command))
      ? await carryOut({ shop, github, job, config: config.text, signal: both }, command)
      : [said('Only the author of the pull request and people who can write here may ask that.')];
    const own = marker('answer', [job.delivery]);
    await once(shop, {
      key: `answer ${job.delivery}`,
      body: markdown(blocks, [own]),
      send: async (body) => github.answer(job, job.comment, body),
      find: async () => github.findAnswer(job, job.comment.kind, own.value),
    });
    shop.log.info({ ...asked, command: command.kind }, 'answered');
  });
}

async function isAllowed(github: GitHub, job: CommandJob, command: Command): Promise<boolean> {
  if (command.kind === 'help' || job.user === job.author) {
    return true;
  }
  return ['admin', 'write'].includes(await github.permission(job, job.user));
}

async function carryOut(asked: Asked, command: Command): Promise<Block[]> {
  switch (command.kind) {
    case 'help':
      return help();
    case 'unknown':
      return [said('I do not know that command; '), ...help()];
    case 'review':
      return reviewAgain(asked);
    case 'explain':
      return explain(asked, command.label);
    case 'dismiss':
      return dismiss(asked, command.label, command.reason);
    case 'replay':
      return replay(asked, command.path);
  }
}

function said(text: string): Block {
  return paragraph(textOf(text));
}

function help(): Block[] {
  const rows = [
    ['/check-lifecycle', 'reviews this again'],
    ['/check-lifecycle replay SCENARIO[:CHOICES]', 'runs one path and shows its trace'],
    ['/check-lifecycle explain F1', 'says what a finding rests on'],
    ['/check-lifecycle dismiss F1 REASON', 'silences a finding, for later pushes as well'],
    ['/check-lifecycle help', 'says this'],
  ] as const;
  return [
    paragraph(textOf('On a line of its own in a comment:')),
    listOf(rows.map(([name, what]) => [codeOf(name), textOf(`: ${what}`)])),
  ];
}

/** Commits of a pull request; the head is that of the moment of the question. */
async function commitsOf({ github, job }: Asked): Promise<{ head: string; base: string }> {
  const state = await github.pull(job);
  return { base: state.base, head: job.head ?? state.head };
}

async function reviewAgain(asked: Asked): Promise<Block[]> {
  const { shop, job } = asked;
  const { head } = await commitsOf(asked);
  const isNew = await shop.database.transaction(async (sql) =>
    enqueue(sql, shop.queue, job, head, 'command'),
  );
  const words = isNew ? 'I review ' : 'I am already reviewing ';
  return [
    paragraph(
      textOf(words),
      codeOf(head),
      textOf(', the head when you asked; the check will say more.'),
    ),
  ];
}

async function explain({ shop, job }: Asked, label: number): Promise<Block[]> {
  const known = await labelFindings(shop.database, job, []);
  const fingerprint = known.find((each) => each.label === label)?.fingerprint;
  const last = await lastResult(shop.database, job.repo, job.number);
  const review = reviewSchema.safeParse(last).data;
  const finding = review?.findings.find((each) => each.fingerprint === fingerprint);
  if (finding === undefined) {
    const gone = fingerprint === undefined ? 'There is no' : 'The last review no longer has';
    return [said(`${gone} F${label}.`)];
  }
  const place = { finding, label: `F${label}`, place: undefined, block: undefined };
  return [
    ...findingBlocks(place),
    said('All references before:'),
    references(finding.ledger.before),
    said('And after:'),
    references(finding.ledger.after),
  ];
}

function references(entries: Finding['ledger']['before']): Block {
  const lines = entries.map(
    ({ kind, object, holder, at }) => `${kind} ${object} for ${holder} at ${at}`,
  );
  return fenced('text', lines.join('\n'));
}

async function dismiss({ shop, job }: Asked, label: number, reason: string): Promise<Block[]> {
  if (shop.dryRun) {
    return [said('A dry run dismisses nothing.')];
  }
  const fingerprint = await dismissFinding(shop.database, job, label, `${reason} (${job.user})`);
  return [
    said(
      fingerprint === undefined
        ? `There is no F${label}.`
        : `F${label} is dismissed on this pull request: ${reason}`,
    ),
  ];
}

async function replay(asked: Asked, path: string): Promise<Block[]> {
  const { shop, github, job, config, signal } = asked;
  const commits = await commitsOf(asked);
  try {
    // A path is run whatever the pull request changes.
    const wanted = { ...shop.wanted, runs: () => true };
    const { revisions, folder } = await fetchPull(shop, github, job, commits, signal, wanted);
    const args = ['replay', path, '--patch', revisions, '--tree', folder];
    const answer = await withConfigFile(config, async (file) =>
      runChild([...args, '--config', file], { ...shop, signal }),
    );
    const { out, ended } = answer;
    if (out === '' || ended !== 'itself') {
      const why = ended === 'itself' ? sentenceOf(answer) : `stopped: ${ended}`;
      return [
        paragraph(codeOf(path), textOf(` was not replayed: ${why.replaceAll(folder, job.name)}`)),
      ];
    }
    const outcome = /^outcome: .*$/mu.exec(out)?.[0] ?? '';
    return [
      paragraph(codeOf(path), textOf(' on '), codeOf(commits.head), textOf(`: ${outcome}`)),
      folded('The trace', [fenced('text', out.trimEnd())]),
    ];
  } catch (error) {
    if (error instanceof TreeError) {
      return [said(error.message)];
    }
    throw error;
  }
}
