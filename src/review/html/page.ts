import { createHash } from 'node:crypto';
import type { Review } from '../schema.ts';
import { findingSection } from './finding.ts';
import { markup, Markup, NONE } from './markup.ts';
import { SCRIPT } from './script.ts';
import { STYLE, STYLE_OF_MANY } from './style.ts';
import { scenarioSection, uncheckedSection, wordingSection } from './tables.ts';

/**
 * The review as one HTML file that fetches nothing: its policy lets only its own style and script run, by their
 * hashes. Without the script all steps are listed, and the graphs drawn where the sides part and end. Reviews of
 * other series follow on the same page, behind a list of all.
 */
export function renderHtml(review: Review, ...others: readonly Review[]): string {
  const isMany = others.length > 0;
  const style = isMany ? STYLE + STYLE_OF_MANY : STYLE;
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const { input, verdict } = review;
  const page = markup`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${isMany ? titleOfMany([review, ...others]) : `${verdict}: ${input.subject}`}</title>
        <style>${new Markup(style)}</style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the review${isMany ? 's' : ''}</a>
        ${isMany ? bodyOfMany([review, ...others]) : bodyOfOne(review)}
        <footer>
          <p>
            Made by check-lifecycle, which runs the C that a patch changes: every finding here is an
            execution, and the same input gives the same page.
          </p>
        </footer>
        ${MARKERS}
        <script>${new Markup(SCRIPT)}</script>
      </body>
    </html>
`;
  return page.text;
}

function bodyOfOne(review: Review): Markup {
  return markup`${header(review, BAR)}
    <main id="main">
      ${sections(review, '')}
    </main>`;
}

/** What stands below the head of a review; `prefix` is of its identifiers, which are unique on the page. */
function sections(review: Review, prefix: string): Markup {
  const { findings } = review;
  return markup`${remarks(review)} ${scenarioSection(review, prefix)}
    ${findings.map((finding, index) => findingSection(finding, index, findings.length, prefix))}
    ${wordingSection(review, prefix)}
    ${uncheckedSection(review, prefix)}`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

const BAR = markup`<div class="bar">
  <p class="tool">check-lifecycle</p>
  <button type="button" class="theme" hidden>Dark</button>
</div>`;

function header({ input, verdict, reason, mode, coverage }: Review, bar: Markup): Markup {
  const facts = [
    input.version > 1 ? `version ${input.version}` : '',
    input.patches.length === 1 ? '1 patch' : `${input.patches.length} patches`,
    mode === 'tree' ? 'on the files of the tree' : 'on the embedded model',
    verdict === 'not-applicable'
      ? ''
      : `${coverage.executedLines} of ${coverage.changedLines} changed lines executed`,
  ].filter((fact) => fact !== '');
  const files = [...new Set(input.patches.flatMap((patch) => patch.files))];
  return markup`<header>
    ${bar}
    <h1>${subjectOf(input)}</h1>
    <p class="verdict"><span class="badge ${verdict}">${verdict}</span> ${reason}</p>
    <p class="facts">
      ${facts.join(' · ')}${files.length === 0 ? '' : ' · '}${files.slice(0, 4).map((file, at) => markup`${at > 0 ? ', ' : ''}<code>${file}</code>`)}${files.length > 4 ? ` and ${files.length - 4} more` : ''}
    </p>
  </header>`;
}

function subjectOf({ subject }: Review['input']): string {
  return subject === '' ? 'A patch without a subject' : subject;
}

function titleOfMany(reviews: readonly Review[]): string {
  const verdicts = new Set(reviews.map(({ verdict }) => verdict));
  return `${reviews.length} reviews: ${[...verdicts].join(', ')}`;
}

/** A list of the reviews, and each of them as a part of the page. */
function bodyOfMany(reviews: readonly Review[]): Markup {
  const links = reviews.map(
    ({ input, verdict }, index) => markup`<li>
      <a href="#review-${index + 1}">${subjectOf(input)}</a> <span class="badge ${verdict}">${verdict}</span>
    </li>`,
  );
  const parts = reviews.map((review, index) => {
    const id = `review-${index + 1}`;
    return markup`<article id="${id}" tabindex="-1" aria-label="${subjectOf(review.input)}">
      ${header(review, NONE)} ${sections(review, `${id}-`)}
    </article>`;
  });
  return markup`<header>
      ${BAR}
      <nav aria-label="Reviews">
        <p>${reviews.length} reviews</p>
        <ol>${links}</ol>
      </nav>
    </header>
    <main id="main">
      ${parts}
    </main>`;
}

function remarks({ remarks: texts, input }: Review): Markup {
  const all = [...input.repairs.map((text) => `Repaired: ${text}`), ...texts];
  return all.length === 0
    ? NONE
    : markup`<ul class="remarks">
        ${all.map((text) => markup`<li>${text}</li>`)}
      </ul>`;
}

/** Heads of arrows, once for all graphs. */
const MARKERS = markup`<svg class="markers" width="0" height="0" aria-hidden="true" focusable="false">
  <defs>
    ${['tie', 'pointer', 'hot', 'bad'].map(
      (kind) =>
        markup`<marker
          id="head-${kind}"
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
          ><path class="head ${kind}" d="M0 1L9 5L0 9z"
        /></marker>`,
    )}
  </defs>
</svg>`;
