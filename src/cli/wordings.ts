import type { Config } from '../config/config.ts';
import type { Patch } from '../series/series.ts';
import type { PatchRemark, WordingChecker } from '../wording/check.ts';

/** Remarks on wording beside the reviews; what they lack is told on standard error and never a failure. */
export class Wordings {
  readonly #which: Config['wording'];
  readonly #words: readonly string[];
  #checker: WordingChecker | undefined;

  /** `words` are spelled right, besides those that the rules know. */
  constructor(which: Config['wording'], words: readonly string[]) {
    this.#which = which;
    this.#words = words;
  }

  /** Begins with one series; what it resolves to waits for the remarks. */
  async begin(patches: readonly Patch[]): Promise<() => Promise<readonly PatchRemark[]>> {
    if (this.#which === 'off') {
      return async () => Promise.resolve([]);
    }
    const { MOST_REMARKS, WordingChecker: Checker } = await import('../wording/check.ts');
    const most = this.#which === 'all' ? Infinity : MOST_REMARKS;
    this.#checker ??= new Checker({ most, words: this.#words });
    const answer = await this.#checker.begin(patches);
    return async () => {
      const { remarks, notChecked } = await answer();
      if (notChecked !== undefined) {
        process.stderr.write(`check-lifecycle: wording: not checked (${notChecked})\n`);
      }
      return remarks;
    };
  }

  close(): void {
    this.#checker?.close();
  }
}
