import type { Escape, Frame, Jump } from './frame.ts';

/**
 * Jumps out of `({ … })` in the midst of an expression. The statement expression is a JavaScript
 * function there, which no `break` or `return` can leave: it throws the number of the jump, and the
 * statement that the expression is in catches it and jumps.
 *
 *     x = f(({ if (!p) return 1; *p; }));
 *
 *     try { l0 = F[1]((() => { if (…) { r = 1; throw R.escape(1); } … })()); }
 *     catch (error) { const escape = R.escaped(error); if (escape === 1) { break body; } throw error; }
 *
 * `compile` gives statements; `jump` is the code of a jump from where they stand.
 */
export function guarded(frame: Frame, compile: () => string, jump: (jump: Jump) => string): string {
  const outer = frame.escapes;
  const own: Escape[] = [];
  frame.escapes = own;
  const code = compile();
  frame.escapes = outer;
  if (own.length === 0) {
    return code;
  }
  const jumps = own.map((escape) => `if (escape === ${escape.number}) {${jump(escape.jump)}}`);
  return `try {${code}} catch (error) {const escape = R.escaped(error); ${jumps.join(' ')} throw error;}`;
}

/** Leave the JavaScript function of a statement expression; `escapes` are those of its statement. */
export function leaveClosure(frame: Frame, jump: Jump, escapes: Escape[]): string {
  return `throw R.escape(${frame.escape(jump, escapes)});`;
}
