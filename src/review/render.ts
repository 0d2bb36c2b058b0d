import type { Series } from '../series/series.ts';
import type { Format } from './formats.ts';
import { renderJson } from './json.ts';
import type { Paint } from './paint.ts';
import type { Review } from './schema.ts';
import { renderText } from './text.ts';

/** A review and what it is about, as a renderer needs them. */
export interface Rendering {
  readonly review: Review;
  readonly series: Series;
  /** Only text has colours. */
  readonly paint: Paint;
}

/** The review in a format, line end included. */
export function render(format: Format, { review, paint }: Rendering): string {
  switch (format) {
    case 'text':
      return renderText(review, paint);
    case 'json':
      return renderJson(review);
  }
}
