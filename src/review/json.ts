import { reviewSchema } from './schema.ts';
import type { Review } from './schema.ts';

/** One line of JSON with its line end; the same review gives the same bytes. Throws on a review that breaks the schema. */
export function renderJson(review: Review): string {
  return `${JSON.stringify(reviewSchema.parse(review))}\n`;
}
