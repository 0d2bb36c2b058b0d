import type { Series } from '../series/series.ts';
import type { Format } from './formats.ts';
import { renderJson } from './json.ts';
import type { Paint } from './paint.ts';
import type { Review } from './schema.ts';
import { renderText } from './text.ts';

/** What text goes to: a terminal, or something of which nothing is known. */
export interface Screen {
  readonly paint: Paint;
  readonly columns: number;
}

/** A review and what it is about, as a renderer needs them. */
export interface Rendering {
  readonly review: Review;
  readonly series: Series;
  /** Only text has colours, and is as wide as the terminal. */
  readonly screen: Screen;
}

/** The review in a format, line end included. */
export function render(format: Format, { review, screen }: Rendering): string {
  switch (format) {
    case 'text':
      return renderText(review, screen.paint, screen.columns);
    case 'json':
      return renderJson(review);
  }
}
