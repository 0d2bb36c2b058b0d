import { html, markdown, marker, paragraph, readMarker, textOf } from '../review/github-text.ts';
import type { OwnWords } from './client.ts';

/** What is done with the App's own words on a pull request. */
export interface Plan {
  /** Fingerprints that some comment speaks of and that are still so. */
  readonly standing: ReadonlySet<string>;
  /** Words whose findings are all gone, and what they say from now on. */
  readonly clear: readonly { readonly words: OwnWords; readonly body: string }[];
  /** Comments whose threads are to be resolved: those, and what an attempt before this one marked already. */
  readonly resolve: ReadonlySet<number>;
}

/**
 * Which comments stand and which are over. One comment may speak of several findings: it stands as long as one of them
 * does.
 */
export function planWords(
  own: readonly OwnWords[],
  found: ReadonlySet<string>,
  dismissed: ReadonlySet<string>,
  head: string,
): Plan {
  const standing = new Set<string>();
  const clear: { words: OwnWords; body: string }[] = [];
  const resolve = own.filter(({ body }) => readMarker('cleared', body)?.includes(head) === true);
  for (const words of own) {
    const fingerprints = readMarker('finding', words.body);
    if (fingerprints === undefined) {
      continue;
    }
    const open = fingerprints.filter((each) => found.has(each) && !dismissed.has(each));
    if (open.length > 0) {
      open.forEach((each) => standing.add(each));
      continue;
    }
    const isDismissed = fingerprints.some((each) => dismissed.has(each));
    clear.push({ words, body: cleared(words.body, isDismissed ? 'Dismissed' : 'Cleared', head) });
  }
  resolve.push(...clear.map(({ words }) => words));
  const comments = resolve.filter(({ kind }) => kind === 'comment');
  return { standing, clear, resolve: new Set(comments.map(({ id }) => id)) };
}

/**
 * The outputs that a check lacks, where it has so many annotations of an attempt before this one: GitHub adds those of
 * every update. The last one always is, as it comes with the end of the check.
 */
export function remainingOutputs<Output extends { readonly annotations: readonly unknown[] }>(
  outputs: readonly Output[],
  there: number,
): Output[] {
  let left = there;
  return outputs.filter(({ annotations }, at) => {
    left -= annotations.length;
    return left < 0 || at === outputs.length - 1;
  });
}

/** The old words are folded below the new ones, and their marker says that they are over. */
function cleared(body: string, what: string, head: string): string {
  const old = body.replaceAll('<!-- check-lifecycle:finding ', '<!-- check-lifecycle:over ');
  const said =
    what === 'Cleared' ? `Cleared by ${head.slice(0, 12)}: this no longer happens.` : `${what}.`;
  const parts = [
    markdown([paragraph(textOf(said))]).trimEnd(),
    html('<details><summary>What was said</summary>').value,
    old.trimEnd(),
    html('</details>').value,
    marker('cleared', [head]).value,
  ];
  return `${parts.join('\n\n')}\n`;
}
