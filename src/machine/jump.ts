/** Thrown by longjmp, caught by the function that called setjmp (C11 §7.13.2.1). */
export class LongJump {
  readonly frame: number;
  readonly block: number;
  readonly depth: number;
  readonly stack: number;

  constructor(frame: number, block: number, depth: number, stack: number) {
    this.frame = frame;
    this.block = block;
    this.depth = depth;
    this.stack = stack;
  }
}

/** Thrown by a jump out of a statement expression, caught by the statement that it is in. */
export class Escape {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }
}
