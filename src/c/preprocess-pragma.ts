import { lex } from './lex.ts';
import type { Macro } from './preprocess-definition.ts';
import { unquote } from './preprocess-line.ts';
import type { Token } from './token.ts';

/** What `#pragma` and `_Pragma` change here: `once`, `push_macro`, `pop_macro`. The rest means nothing. */
export class PragmaState {
  /** Paths of files that are read once only. */
  readonly once: Set<string>;
  private readonly macros: Map<string, Macro>;
  private readonly pushed: Map<string, (Macro | undefined)[]>;

  /** @param earlier the state to go on from, which stays as it is */
  constructor(macros: Map<string, Macro>, earlier?: PragmaState) {
    this.macros = macros;
    this.once = new Set(earlier?.once);
    this.pushed = new Map([...(earlier?.pushed ?? [])].map(([name, stack]) => [name, [...stack]]));
  }

  /** The tokens behind `#pragma`, in the file at `path`. */
  run([name, open, operand]: readonly Token[], path: string): void {
    if (name?.text === 'once') {
      this.once.add(path);
    }
    if (open?.text !== '(' || operand?.kind !== 'string') {
      return;
    }
    const macro = unquote(operand.text);
    if (name?.text === 'push_macro') {
      const stack = this.pushed.get(macro) ?? [];
      stack.push(this.macros.get(macro));
      this.pushed.set(macro, stack);
    } else if (name?.text === 'pop_macro') {
      this.popMacro(macro);
    }
  }

  /** The string literal of `_Pragma`. */
  runText(literal: string, path: string): void {
    this.run(lex(path, unquote(literal)).slice(0, -1), path);
  }

  private popMacro(macro: string): void {
    const stack = this.pushed.get(macro);
    if (stack === undefined || stack.length === 0) {
      return;
    }
    const old = stack.pop();
    if (old === undefined) {
      this.macros.delete(macro);
    } else {
      this.macros.set(macro, old);
    }
  }
}
