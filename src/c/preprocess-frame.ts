import type { Directive, LexedFile } from './preprocess-file.ts';
import { type LineShift, shiftLocation, shiftToken } from './preprocess-line.ts';
import { CError, type Location } from './source.ts';
import type { Token } from './token.ts';

/** A file that is being read. */
export class Frame {
  readonly file: LexedFile;
  /** Which search folder it was found in; -1 for its includer's own. */
  readonly folder: number;
  /** The next token. */
  index = 0;
  /** The next directive. */
  directive = 0;
  /** From `#line`. */
  shift: LineShift | undefined;

  constructor(file: LexedFile, folder: number) {
    this.file = file;
    this.folder = folder;
    this.shift = undefined;
  }

  /** Where plain text ends: the next directive, or the end of the file. */
  stop(): number {
    return this.file.directives[this.directive]?.start ?? this.file.tokens.length - 1;
  }

  /** The next token of plain text; undefined before a directive and at the end. */
  peek(): Token | undefined {
    return this.index === this.stop() ? undefined : this.file.tokens[this.index];
  }

  /** Reading goes on behind a directive. */
  pass(index: number): void {
    this.directive = index + 1;
    this.index = this.file.directives[index]?.end ?? this.index;
  }

  /** Where a directive stands, as `#line` has it. */
  at(directive: Directive): Location {
    const location = this.file.tokens[directive.start]?.location ?? {
      file: this.file.path,
      line: 1,
      column: 1,
    };
    return this.shift === undefined ? location : shiftLocation(location, this.shift);
  }

  /** The tokens behind a directive's name. */
  operands(directive: Directive): readonly Token[] {
    const { shift } = this;
    const tokens = this.file.tokens.slice(directive.start + 2, directive.end);
    return shift === undefined ? tokens : tokens.map((token) => shiftToken(token, shift));
  }

  /** Goes to the directive that ends a group. Throws CError when there is none. */
  following(directive: Directive): Directive {
    const branch = this.requireNext(directive);
    this.pass(directive.next);
    return branch;
  }

  /** `#elif` or `#else` behind a group that was read: everything up to `#endif` is skipped. */
  leave(directive: Directive): void {
    this.requireOpened(directive);
    for (let branch = directive; branch.name !== 'endif';) {
      branch = this.following(branch);
    }
  }

  /** The directive that ends a group. Throws CError when there is none, or none that may stand there. */
  requireNext(directive: Directive): Directive {
    const branch = this.file.directives[directive.next];
    if (branch === undefined) {
      throw new CError(this.at(directive), `unterminated #${directive.name}`);
    }
    if (directive.name === 'else' && branch.name !== 'endif') {
      throw new CError(this.at(branch), `#${branch.name} after #else`);
    }
    return branch;
  }

  requireOpened(directive: Directive): void {
    if (!directive.opened) {
      throw new CError(this.at(directive), `#${directive.name} without #if`);
    }
  }
}
