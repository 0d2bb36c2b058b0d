import type { Patch } from '../series/series.ts';
import type { PatchRemark, WordingChecker } from '../wording/check.ts';

/** Remarks on wording beside the reviews; what they lack is told on standard error and never a failure. */
export class Wordings {
  readonly #which: 'few' | 'all' | false;
  #checker: WordingChecker | undefined;

  constructor(which: 'few' | 'all' | false = false) {
    this.#which = which;
  }

  /** Begins with one series; what it resolves to waits for the remarks. */
  async begin(patches: readonly Patch[]): Promise<() => Promise<readonly PatchRemark[]>> {
    if (this.#which === false) {
      return async () => Promise.resolve([]);
    }
    const { MOST_REMARKS, WordingChecker: Checker } = await import('../wording/check.ts');
    this.#checker ??= new Checker({ most: this.#which === 'all' ? Infinity : MOST_REMARKS });
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
