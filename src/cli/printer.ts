import type { Format } from '../review/formats.ts';
import { isTogether, render, renderTogether } from '../review/render.ts';
import type { Rendering } from '../review/render.ts';
import type { Review } from '../review/schema.ts';
import type { Output } from './output.ts';

/** Writes each review when it is there; what is one document for all of them, when `end` is called. */
export class Printer {
  readonly #format: Format;
  readonly #output: Output;
  readonly #reviews: Review[] = [];

  constructor(format: Format, output: Output) {
    this.#format = format;
    this.#output = output;
  }

  async print(rendering: Rendering): Promise<void> {
    if (isTogether(this.#format)) {
      this.#reviews.push(rendering.review);
    } else {
      this.#output.write(await render(this.#format, rendering));
    }
  }

  async end(): Promise<void> {
    const [first, ...others] = this.#reviews;
    if (isTogether(this.#format) && first !== undefined) {
      this.#output.write(await renderTogether(this.#format, [first, ...others]));
    }
  }
}
