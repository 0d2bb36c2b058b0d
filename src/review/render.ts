import type { Series } from '../series/series.ts';
import type { Format } from './formats.ts';
import { renderJson } from './json.ts';
import type { Paint } from './paint.ts';
import type { MailSettings } from './mail-settings.ts';
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
  readonly mail: MailSettings;
  /** Whether reviews of other series are printed beside it. */
  readonly isMany: boolean;
}

/** The review in a format, line end included. */
export async function render(format: Format, rendering: Rendering): Promise<string> {
  const { review, series, screen } = rendering;
  switch (format) {
    case 'text':
      return renderText(review, screen.paint, screen.columns);
    case 'json':
      return renderJson(review);
    case 'mail': {
      // Nothing else needs the libraries for mail.
      const { renderMail } = await import('./mail.ts');
      return renderMail(review, series, rendering.mail, rendering.isMany);
    }
    case 'sarif':
    case 'html':
      return renderTogether(format, [review]);
    case 'github': {
      // Markdown is written by packages that nothing else needs.
      const { renderGithub } = await import('./github.ts');
      return renderGithub(review, series, rendering.isMany);
    }
  }
}

/** A format of which a file holds one document, however many reviews. */
export type Together = 'sarif' | 'html';

export function isTogether(format: Format): format is Together {
  return format === 'sarif' || format === 'html';
}

/** Reviews of several series as one document. */
export async function renderTogether(
  format: Together,
  reviews: readonly [Review, ...Review[]],
): Promise<string> {
  if (format === 'sarif') {
    const { renderSarif } = await import('./sarif.ts');
    return renderSarif(...reviews);
  }
  const { renderHtml } = await import('./html/page.ts');
  return renderHtml(...reviews);
}
