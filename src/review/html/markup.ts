import { visible } from '../prose.ts';
import { wellFormed } from '../well-formed.ts';

/** Markup that is finished; any other text is escaped where it is put into some. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Markup | string | number | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text of others, harmless between tags and in quoted attributes; control characters show as `\xNN`. */
export function escape(text: string): string {
  return visible(wellFormed(text)).replaceAll(/[&<>"']/gu, (found) => ENTITIES[found] ?? '');
}

function textOf(content: Content): string {
  if (content instanceof Markup) {
    return content.text;
  }
  if (typeof content === 'string') {
    return escape(content);
  }
  return typeof content === 'number' ? `${content}` : content.map(textOf).join('');
}

/** Markup with everything escaped that is put into it, unless it is markup itself. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  // Indentation is for those who read the source.
  const texts = parts.map(
    (part, at) => part.replaceAll(/\n\s*/gu, '\n') + textOf(contents[at] ?? ''),
  );
  return new Markup(texts.join(''));
}

export const NONE = new Markup('');

/** JSON for a `<script type="application/json">`, which nothing in it can end; its texts are what `escape` would show. */
export function jsonBlock(value: unknown): Markup {
  const json = JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'string' ? visible(wellFormed(each)) : each,
  );
  return new Markup(json.replaceAll('<', String.raw`\u003c`));
}
