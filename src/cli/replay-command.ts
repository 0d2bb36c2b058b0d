import { writeFile } from 'node:fs/promises';
import { chooseConfig } from '../config/find.ts';
import { emitTest } from '../lifecycle/emit-test.ts';
import { groupOf } from '../lifecycle/pack.ts';
import { parsePathName } from '../lifecycle/replay.ts';
import { sourceText } from '../lifecycle/source-text.ts';
import { stepsOf } from '../lifecycle/steps.ts';
import { Failure, systemReason } from './failure.ts';
import { guarded, limitsOf } from './guard.ts';
import { renderExecution, renderSteps } from './replay-text.ts';
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
  readonly config?: string;
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
  const limits = limitsOf(await chooseConfig(options.config));
  const patch = options.side === 'before' ? undefined : options.patch;
  const { session, series, close } = await openFirst(patch, options);
  try {
    const scenario = findScenario(session, path.id);
    if (options.emit !== undefined && groupOf(session.pack.groups, scenario.id) !== undefined) {
      throw new Failure(
        `--emit: ${scenario.id} needs more of a tree than its unit tests are linked with; replay it without.`,
      );
    }
    await checkUser(session);
    const engine = await openEngine(session.pack);
    const image = patchedImage(session, series);
    const execution = await guarded(() => engine.trace(image, scenario, path.choices), limits);
    const { pack, base } = session;
    if (options.trace === true) {
      process.stdout.write(renderExecution(execution));
    } else {
      const steps = stepsOf(pack, { execution, text: sourceText(pack, image) });
      const about = execution.case?.text ?? scenario.summary;
      process.stdout.write(renderSteps(`${name}: ${about}`, steps, execution));
    }
    if (options.emit !== undefined) {
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
