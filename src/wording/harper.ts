import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** One place that Harper objects to. Offsets count code points. */
const lintSchema = z.object({
  rule: z.string(),
  from: z.int(),
  to: z.int(),
  suggestions: z.array(z.string()),
});
const answerSchema = z.array(z.array(lintSchema));

export type Lint = z.infer<typeof lintSchema>;

/** Harper's own rules that are asked for; the others are matters of taste, or wrong too often about technical prose. */
export const HARPER_RULES = ['SpellCheck', 'RepeatedWords', 'AnA'];

/** Milliseconds that the checker may run after everything else is done. */
const PATIENCE = 60_000;

/**
 * JavaScript, since it is started from text: a line of JSON in, a line of JSON out. A process of its own: WebAssembly
 * that runs wild must not take the review's memory along, it is compiled by the quick compiler only (a third of the
 * time, half of the memory), and it never outlives its parent by more than a minute.
 */
const CHECKER = `
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
new Worker('setTimeout(() => process.kill(process.pid, "SIGKILL"), 150000)', { eval: true }).unref();
const { slimBinary } = await import('harper.js/slimBinary');
const { LocalLinter, packWeirpackFiles } = await import('harper.js');
const linter = new LocalLinter({ binary: slimBinary });
// Words first: they throw away what a Weirpack brought.
async function open({ words, files, rules }) {
  await linter.clearWords();
  await linter.importWords(words);
  const none = await linter.getDefaultLintConfig();
  const failures = await linter.loadWeirpackFromBytes(packWeirpackFiles(new Map(files)));
  if (failures !== undefined) throw new Error(JSON.stringify(failures));
  const config = Object.fromEntries(Object.keys(none).map((name) => [name, false]));
  for (const name of rules) config[name] = true;
  await linter.setLintConfig(config);
}
async function lint(text) {
  const found = await linter.organizedLints(text, { language: 'plaintext', dedup: false });
  return Object.entries(found).flatMap(([rule, lints]) => lints.map((each) => {
    const { start, end } = each.span();
    const suggestions = each.suggestions().map((suggestion) => suggestion.get_replacement_text());
    return { rule, from: start, to: end, suggestions };
  }));
}
for await (const line of createInterface({ input: process.stdin })) {
  const { setup, texts } = JSON.parse(line);
  if (setup) await open(setup);
  const answer = [];
  for (const text of texts) answer.push(await lint(text));
  process.stdout.write(JSON.stringify(answer) + '\\n');
}
process.exit(0);
`;

/** Wording could not be checked: why, in plain words. */
export class NotChecked extends Error {}

/** Harper in a process of its own, started when it is first asked. */
export class Harper {
  readonly #files: readonly [string, string][];
  readonly #rules: readonly string[];
  #child: ChildProcess | undefined;
  #lines: AsyncIterator<string> | undefined;
  /** Whether nobody has read the last answer. */
  #pending = false;

  constructor(files: readonly [string, string][], rules: readonly string[]) {
    this.#files = files;
    this.#rules = rules;
  }

  /**
   * Hands texts over, and words that are known from now on; what comes back is read by `answer`. Resolves as soon as
   * the checker has all of it. The first word that has nothing near it costs seconds: Harper then looks farther.
   */
  async ask(texts: readonly string[], words?: readonly string[]): Promise<void> {
    if (this.#pending) {
      this.close();
    }
    this.#pending = true;
    const known = words ?? (this.#child === undefined ? [] : undefined);
    const setup = known && { words: known, files: this.#files, rules: this.#rules };
    const child = this.#child ?? this.#start();
    await new Promise<void>((resolve) => {
      // That it cannot be written shows when the answer does not come.
      child.stdin?.write(`${JSON.stringify({ setup, texts })}\n`, () => {
        resolve();
      });
    });
  }

  /** What was found in each text. Throws NotChecked where no answer comes. */
  async answer(): Promise<Lint[][]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, PATIENCE, 'late');
    });
    try {
      const line = await Promise.race([this.#lines?.next(), late]);
      if (line === 'late') {
        throw new NotChecked(`the checker took more than ${PATIENCE / 1000} s`);
      }
      if (line === undefined || line.done === true) {
        throw new NotChecked('the checker ended without an answer');
      }
      this.#pending = false;
      return answerSchema.parse(JSON.parse(line.value));
    } catch (error) {
      this.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child?.stdin?.destroy();
    this.#child?.stdout?.destroy();
    this.#child = undefined;
    this.#lines = undefined;
    this.#pending = false;
  }

  #start(): ChildProcess {
    const args = ['--liftoff-only', '--input-type=module', '--eval', CHECKER];
    const child = spawn(process.execPath, args, {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    this.#child = child;
    return child;
  }
}
