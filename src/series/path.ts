const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

/**
 * Takes the C-quoted path at the start of `text`, as git prints one that has unusual bytes (`"a/\303\251.c"`,
 * quote.c of git). Returns it decoded, and what follows it; undefined where the quoting is broken.
 */
export function takeQuoted(text: string): { path: string; rest: string } | undefined {
  const bytes: number[] = [];
  for (let at = 1; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '"') {
      const path = Buffer.from(bytes).toString('utf8');
      return { path, rest: text.slice(at + 1) };
    }
    if (char !== '\\') {
      bytes.push(...Buffer.from(char, 'utf8'));
      continue;
    }
    const octal = /^[0-3][0-7]{2}/.exec(text.slice(at + 1, at + 4));
    const code = octal ? Number.parseInt(octal[0], 8) : ESCAPES[text[at + 1] ?? ''];
    if (code === undefined) {
      return undefined;
    }
    bytes.push(code);
    at += octal ? 3 : 1;
  }
  return undefined;
}

/** PATH_MAX of Linux; also bounds the time of the patterns below. */
const LONGEST = 4096;

/** The path of a `---`, `+++` or `rename from` line, unquoted, without the time stamp that diff(1) adds. */
export function readPath(text: string): string | undefined {
  if (text.startsWith('"')) {
    return takeQuoted(text)?.path;
  }
  if (text.length > LONGEST) {
    return text;
  }
  return text
    .replace(/\t.*$/s, '')
    .replace(/\s+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d.*$/, '')
    .trimEnd();
}

/**
 * The two paths of `diff --git X Y`. Unquoted they are only unambiguous where both name the same file, which is the
 * one case in which git gives them nowhere else (mode changes, empty and binary files).
 */
export function gitPaths(text: string): { old: string; new: string } | undefined {
  if (text.startsWith('"')) {
    const first = takeQuoted(text);
    const second = first && readPath(first.rest.trimStart());
    return first && second !== undefined ? { old: first.path, new: second } : undefined;
  }
  const quoted = text.indexOf(' "');
  if (quoted > 0 && text.endsWith('"')) {
    const second = readPath(text.slice(quoted + 1));
    return second === undefined ? undefined : { old: text.slice(0, quoted), new: second };
  }
  const middle = (text.length - 1) / 2;
  const [left, right] = [text.slice(0, middle), text.slice(middle + 1)];
  if (text[middle] === ' ' && (left === right || left.slice(2) === right.slice(2))) {
    return { old: left, new: right };
  }
  const parts = text.split(' ');
  return parts.length === 2 ? { old: parts[0] ?? '', new: parts[1] ?? '' } : undefined;
}

/** The paths of the pre-image and the post-image; undefined for a side that does not exist. */
export type Sides = readonly [old: string | undefined, new: string | undefined];

const PREFIXES = /^[abciow12]\//;

/** Drops `a/` and `b/` (or git's mnemonic prefixes) where both sides have one, or another first folder they differ in. */
export function stripPrefixes(oldPath: string | undefined, newPath: string | undefined): Sides {
  const sides = [oldPath, newPath].filter((path) => path !== undefined);
  if (
    sides.every((path) => PREFIXES.test(path)) &&
    (sides.length === 1 || oldPath?.[0] !== newPath?.[0])
  ) {
    return [oldPath?.slice(2), newPath?.slice(2)];
  }
  const tails = sides.map((path) => path.slice(path.indexOf('/') + 1));
  if (
    sides.length === 2 &&
    oldPath !== newPath &&
    tails[0] === tails[1] &&
    sides.every((path) => path.includes('/'))
  ) {
    return [tails[0], tails[1]];
  }
  // `diff -u x.orig x` names one file.
  return newPath !== undefined && oldPath === `${newPath}.orig`
    ? [newPath, newPath]
    : [oldPath, newPath];
}

/** Why `path` may not be used, in words that follow "the path"; undefined where it may. */
export function pathFault(path: string): string | undefined {
  if (path.length > LONGEST) {
    return `is longer than ${LONGEST} characters`;
  }
  if (path === '') {
    return 'is empty';
  }
  if (/[\p{Cc}]/u.test(path)) {
    return 'holds a control character';
  }
  if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) {
    return 'is absolute';
  }
  return path.split(/[\\/]/).includes('..') ? 'leaves the source tree' : undefined;
}
