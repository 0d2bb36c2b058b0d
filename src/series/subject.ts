/** What the subject of a patch mail says. */
export interface PatchSubject {
  /** Without `Re:`, list tags and `[PATCH …]`. */
  readonly title: string;
  /** N of N/M; undefined where the subject has no number. 0 is a cover letter. */
  readonly index: number | undefined;
  readonly total: number | undefined;
  readonly version: number;
  readonly reply: boolean;
  /** Whether a tag says PATCH, PULL or RFC. */
  readonly patch: boolean;
  /** The words of the patch tag without version and number: tells apart series of one thread. */
  readonly prefix: string;
}

/** Reads `Re: [list] [PATCH RFC v3 02/15] title`; tags in any order and number, as `git mailinfo` drops them all. */
export function parseSubject(raw: string): PatchSubject {
  let title = raw.replace(/\s+/g, ' ').trim();
  let reply = false;
  const words: string[] = [];
  for (;;) {
    const lead = /^(?:re|aw|sv|antw|fwd?)(?:\[\d+\])?: ?/i.exec(title);
    const tag = lead ? null : /^\[([^[\]]*)\] ?/.exec(title);
    if (lead) {
      reply = true;
    } else if (tag) {
      words.push(...(tag[1] ?? '').split(/[ ,]+/));
    } else {
      break;
    }
    title = title.slice((lead ?? tag)?.[0].length ?? 0);
  }
  return { title, reply, ...readTag(words) };
}

function readTag(words: readonly string[]): Omit<PatchSubject, 'title' | 'reply'> {
  let index: number | undefined;
  let total: number | undefined;
  let version = 1;
  const rest: string[] = [];
  for (const word of words) {
    const number = /^(\d{1,4})\/(\d{1,4})$/.exec(word);
    const v = /^(?:PATCH)?v(\d{1,4})$/i.exec(word);
    if (number) {
      index = Number(number[1]);
      total = Number(number[2]);
    } else if (v) {
      version = Number(v[1]);
    } else {
      rest.push(word.toUpperCase());
    }
  }
  const patch = words.some((word) => /^(PATCH(v\d+)?|PULL|RFC)$/i.test(word));
  return { index, total, version, patch, prefix: rest.filter((word) => word !== '').join(' ') };
}
