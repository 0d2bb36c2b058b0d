import { reviewSchema } from './schema.ts';
import type { Review } from './schema.ts';

/**
 * One line of JSON with its line end; the same review gives the same bytes. What a terminal would obey is written as
 * `\uNNNN`, also where JSON would allow it. Throws on a review that breaks the schema.
 */
export function renderJson(review: Review): string {
  const text = JSON.stringify(reviewSchema.parse(review)).replaceAll(
    /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu,
    (found) => `\\u${(found.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return `${text}\n`;
}
