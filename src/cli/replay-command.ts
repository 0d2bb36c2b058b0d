import { writeFile } from 'node:fs/promises';
import { emitTest } from '../lifecycle/emit-test.ts';
import { describeSite } from '../lifecycle/ledger.ts';
import { parsePathName } from '../lifecycle/replay.ts';
import type { Execution, TraceEvent } from '../machine/execution.ts';
import { visible } from '../review/prose.ts';
import { Failure, systemReason } from './failure.ts';
import { guarded } from './guard.ts';
import { checkUser, findScenario, openEngine, patchedImage } from './session.ts';
import { openFirst } from './source.ts';

export interface ReplayOptions {
  readonly patch?: string;
  readonly tree?: string;
  readonly base?: string;
  readonly scenarios?: string;
  readonly side?: 'before' | 'after';
  readonly emit?: string;
  readonly trace?: true;
}

/** Runs one path, prints what it did and how it ended; 0 when it ended clean, else 1. */
export async function replayCommand(name: string, options: ReplayOptions): Promise<number> {
  const path = parsePathName(name);
  if (path === undefined) {
    throw new Failure(`\`${name}\` names no path; write SCENARIO or SCENARIO:1.0.`);
  }
  if (options.side === 'after' && options.patch === undefined) {
    throw new Failure('--side after needs --patch FILE.');
  }
  const patch = options.side === 'before' ? undefined : options.patch;
  const { session, series, close } = await openFirst(patch, options);
  try {
    const scenario = findScenario(session, path.id);
    await checkUser(session);
    const engine = await openEngine(session.pack);
    const execution = await guarded(() =>
      engine.trace(patchedImage(session, series), scenario, path.choices),
    );
    process.stdout.write(renderExecution(execution, options.trace === true));
    if (options.emit !== undefined) {
      const { pack, base } = session;
      await writeTest(options.emit, emitTest({ pack, image: base, scenario, execution }));
    }
    return execution.outcome === 'clean' ? 0 : 1;
  } finally {
    await close();
  }
}

async function writeTest(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: unknown) => {
    throw new Failure(
      `--emit ${file}: cannot be written: ${systemReason(error)}; name a file in a folder that exists and is yours.`,
    );
  });
}

/** The trace as indented calls, with statements where asked for, and the end. */
export function renderExecution(execution: Execution, statements: boolean): string {
  const lines = execution.trace.flatMap((event) => renderEvent(event, statements));
  const at = execution.at === undefined ? '' : ` ${describeSite(execution.at)}`;
  lines.push(`outcome: ${execution.outcome}${at}`, execution.message);
  for (const site of execution.stack) {
    lines.push(`  in ${describeSite(site)}`);
  }
  return `${lines
    .filter((line) => line !== '')
    .map(visible)
    .join('\n')}\n`;
}

function renderEvent(event: TraceEvent, statements: boolean): string[] {
  switch (event.kind) {
    case 'statement':
      return statements ? [`${'  '.repeat(event.depth)}${describeSite(event.site)}`] : [];
    case 'call': {
      const call = `${event.callee}(${event.args.join(', ')})`;
      return [`${'  '.repeat(event.depth)}${call}  ${describeSite(event.site)}`];
    }
    case 'choice':
      return [`choose ${event.choice.what}: ${event.choice.taken} of ${event.choice.n}`];
    case 'note':
      return [`note: ${event.text}`];
    case 'return':
      return [];
  }
}
