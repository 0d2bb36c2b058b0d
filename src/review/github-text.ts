import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { Html, Paragraph, PhrasingContent, RootContent, Table, TableRow } from 'mdast';
import { visible, visibleCode } from './prose.ts';

/** What GitHub takes in a body, a summary and a message: 65,535 characters. */
export const MOST_TEXT = 65_535;
/** Of one paragraph or block of code: longer ones are cut, so that a hostile text cannot push all others out. */
const MOST_BLOCK = 8_000;
const ZERO_WIDTH_SPACE = '\u200B';

/**
 * Text in which GitHub finds nobody to notify and nothing to link to, and other bots no command: `@name`, `#12`,
 * `GH-12`, `https://` and `www.` are links wherever they stand, also behind a backslash; with a zero-width space
 * inside they are none.
 */
export function neutral(text: string): string {
  return visible(text)
    .replaceAll(/@(?=[\w-])/gu, `@${ZERO_WIDTH_SPACE}`)
    .replaceAll(/#(?=\d)/gu, `#${ZERO_WIDTH_SPACE}`)
    .replaceAll(/\b(GH)-(?=\d)/giu, `$1-${ZERO_WIDTH_SPACE}`)
    .replace(/^(\s*\/)(?=[a-z])/iu, `$1${ZERO_WIDTH_SPACE}`)
    .replaceAll('://', `:${ZERO_WIDTH_SPACE}//`)
    .replaceAll(/\b(www)\.(?=\S)/giu, `$1${ZERO_WIDTH_SPACE}.`);
}

/** Cuts behind `most` UTF-16 units, never in the middle of a character, and says so with an ellipsis. */
export function cut(text: string, most: number): string {
  if (text.length <= most) {
    return text;
  }
  const end = text.slice(0, most - 1);
  return `${/[\uD800-\uDBFF]$/u.test(end) ? end.slice(0, -1) : end}…`;
}

export function textOf(value: string): PhrasingContent {
  return { type: 'text', value: neutral(cut(value, MOST_BLOCK)) };
}

export function codeOf(value: string): PhrasingContent {
  return { type: 'inlineCode', value: visible(cut(value, MOST_BLOCK)) };
}

export function strongOf(value: string): PhrasingContent {
  return { type: 'strong', children: [textOf(value)] };
}

/** Sentences in which names stand between backticks, as findings and reasons are written. */
export function sentences(value: string): PhrasingContent[] {
  const parts = cut(value, MOST_BLOCK).split(/`([^`]+)`/u);
  return parts.flatMap((part, index) => {
    if (part === '') {
      return [];
    }
    return [index % 2 === 1 ? codeOf(part) : textOf(part)];
  });
}

export function paragraph(...children: readonly PhrasingContent[]): Paragraph {
  return { type: 'paragraph', children: [...children] };
}

/** A fenced block; the fence is longer than any in the text. Line ends and tabs stay as they are. */
export function fenced(lang: 'suggestion' | 'diff' | 'text' | 'sh', value: string): RootContent {
  const lines = cut(value, MOST_BLOCK).split('\n').map(visibleCode);
  return { type: 'code', lang, value: lines.join('\n') };
}

/** A list of one line each. */
export function listOf(items: readonly (readonly PhrasingContent[])[]): RootContent {
  return {
    type: 'list',
    ordered: false,
    spread: false,
    children: items.map((children) => ({
      type: 'listItem',
      spread: false,
      children: [paragraph(...children)],
    })),
  };
}

export function tableOf(
  head: readonly string[],
  rows: readonly (readonly PhrasingContent[])[],
): Table {
  const cells = [head.map((each) => [textOf(each)]), ...rows];
  return {
    type: 'table',
    align: head.map(() => null),
    children: cells.map((row): TableRow => ({
      type: 'tableRow',
      children: row.map((cell) => ({
        type: 'tableCell',
        children: Array.isArray(cell) ? [...cell] : [cell],
      })),
    })),
  };
}

/** A block, or several that stand or are left out together. */
export type Block = RootContent | readonly RootContent[];

/** Blocks that are folded until a reader opens them. */
export function folded(summary: string, blocks: readonly RootContent[]): Block {
  const label = neutral(summary).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return [html(`<details><summary>${label}</summary>`), ...blocks, html('</details>')];
}

/** Only ever our own: no text of an input becomes HTML. */
export function html(value: string): Html {
  return { type: 'html', value };
}

/** A comment that no reader sees, by which our own words are known again. */
export function marker(kind: string, values: readonly string[]): Html {
  const safe = values.map((each) => each.replaceAll(/[^\w.:=/-]/gu, ''));
  return html(`<!-- check-lifecycle:${[kind, ...safe].join(' ')} -->`);
}

/** The values of the marker of a kind in a body; undefined where there is none. */
export function readMarker(kind: string, body: string): string[] | undefined {
  const found = new RegExp(`<!-- check-lifecycle:${kind}((?: [\\w.:=/-]+)*) -->`, 'u').exec(body);
  return found?.[1]?.split(' ').filter(Boolean);
}

/**
 * Markdown of blocks, as long as GitHub takes; what does not fit is left out from the end, and said. Blocks of `last`
 * are always there: markers, the footer.
 */
export function markdown(
  blocks: readonly Block[],
  last: readonly Block[] = [],
  most: number = MOST_TEXT,
): string {
  const end = last.map(blockText).join('\n\n');
  const more = 'More does not fit here.';
  const parts: string[] = [];
  let left = most - end.length - more.length - 8;
  for (const block of blocks) {
    const text = blockText(block);
    if (text.length + 2 > left) {
      parts.push(more);
      break;
    }
    left -= text.length + 2;
    parts.push(text);
  }
  return `${[...parts, ...(end === '' ? [] : [end])].join('\n\n')}\n`;
}

function blockText(block: Block): string {
  const options = { extensions: [gfmToMarkdown()], bullet: '-' as const, fences: true };
  const children = [block].flat();
  return toMarkdown({ type: 'root', children }, options).trimEnd();
}
