import type { HunkLine } from '../../series/series.ts';
import type { Item } from './items.ts';
import type { Place, Tok } from './text.ts';
import { unitsOf } from './units.ts';

export interface Trouble {
  readonly side: 'old' | 'new';
  readonly line: HunkLine;
  readonly reason: string;
}

/** What grafting one file of a patch found out, by line of its hunks. */
export interface FileOutcome {
  readonly troubles: Trouble[];
  readonly mapped: Map<HunkLine, Place>;
  readonly functions: Set<string>;
  /** Lines with code, for the lists of added and removed lines. */
  readonly code: Set<HunkLine>;
}

/** How it begins to say what the model has in other words. */
export const HAS_ALREADY = 'the model already has a';

/** The outcome while the file is grafted, told in tokens of its hunks. */
export class OutcomeRecord implements FileOutcome {
  readonly troubles: Trouble[] = [];
  readonly mapped = new Map<HunkLine, Place>();
  readonly functions = new Set<string>();
  readonly code = new Set<HunkLine>();

  trouble(side: 'old' | 'new', tokens: readonly Tok[], reason: string): void {
    const kind = side === 'old' ? 'removed' : 'added';
    const lines = new Set(tokens.map((token) => token.from));
    for (const line of lines) {
      if (line?.kind === kind) {
        this.troubles.push({ side, line, reason });
      }
    }
  }

  /** `model`: the first token of what holds them there. */
  map(tokens: readonly Tok[], model: Tok | undefined): void {
    for (const token of tokens) {
      if (token.from !== undefined && model !== undefined) {
        this.mapped.set(token.from, { path: model.file, line: model.line });
      }
    }
  }

  /** A statement of several lines is seen to run on its first. */
  mapStatements(item: Item): void {
    for (const unit of item.kind === 'function' ? unitsOf(item.body) : []) {
      this.map(unit.tokens, unit.tokens[0]);
    }
  }
}
