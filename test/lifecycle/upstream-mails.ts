import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What to leave out of a release in order to take a fix back that no longer comes off by itself. */
export interface Omission {
  readonly file: string;
  readonly function: string;
  /** The first line of the function that has this word is what it is about. */
  readonly word: string;
  /** Drop the line, or the `if` around it, or call at once what it leaves to RCU. */
  readonly what: 'line' | 'if' | 'deferral';
}

export interface Taken {
  readonly commit: string;
  /** As it was made; taken back on itself; taken back on 10.0. */
  readonly way: 'made' | 'back' | 'back-on-10.0';
  readonly without?: readonly Omission[];
}

/** The commit of the release that fixes are taken back on. */
const RELEASE = '7c949c53e936aa3a658d84ab53bae5cadaa5d59c';

/** Each file with the paths it had, newest first. */
const PATHS = [
  ['system/memory.c', 'softmmu/memory.c', 'memory.c'],
  ['qom/object.c'],
  ['include/system/memory.h', 'include/exec/memory.h'],
  ['include/qom/object.h'],
];

/** Makes mails of the commits of a git repository; nothing is written there. */
export class History {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  private git(...args: readonly string[]): string {
    return execFileSync('git', ['-C', this.folder, ...args], {
      encoding: 'utf8',
      maxBuffer: 1e9,
      stdio: 'pipe',
    });
  }

  /** The file at a revision; undefined where it does not have it. */
  private text(revision: string, path: string): string | undefined {
    try {
      return this.git('cat-file', 'blob', `${revision}:${path}`);
    } catch {
      return undefined;
    }
  }

  private pathAt(revision: string, paths: readonly string[]): string | undefined {
    return paths.find((path) => this.text(revision, path) !== undefined);
  }

  subject(commit: string): string {
    return this.git('log', '-1', '--format=%s', commit).trim();
  }

  /** The revision a mail is for. */
  base({ commit, way }: Taken): string {
    return way === 'made' ? `${commit}^` : way === 'back' ? commit : RELEASE;
  }

  mail(change: Taken): string {
    const { commit, way, without } = change;
    if (way === 'made') {
      return this.git('format-patch', '-1', '--stdout', '--full-index', commit);
    }
    const diff =
      without !== undefined
        ? this.omit(without)
        : way === 'back'
          ? this.git('diff', '--full-index', commit, `${commit}^`)
          : this.takeBack(commit);
    const head = [
      `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001`,
      'From: Somebody <somebody@example.org>',
      'Date: Mon, 1 Jan 2024 00:00:00 +0000',
      `Subject: [PATCH] Revert "${this.subject(commit)}"`,
    ];
    return `${head.join('\n')}\n\n---\n${diff}-- \n2.40\n`;
  }

  /** Three-way, file by file, with the commit as what both sides come from. */
  private takeBack(commit: string): string {
    return PATHS.map((paths) => {
      const path = this.pathAt(RELEASE, paths) ?? '';
      const [there, after, before] = [RELEASE, commit, `${commit}^`].map((revision) =>
        this.text(revision, this.pathAt(revision, paths) ?? ''),
      );
      if (there === undefined || after === undefined || before === undefined || after === before) {
        return '';
      }
      return difference(path, there, merged(there, after, before));
    }).join('');
  }

  private omit(omissions: readonly Omission[]): string {
    const files = new Map<string, string>();
    for (const each of omissions) {
      const text = files.get(each.file) ?? this.text(RELEASE, each.file) ?? '';
      files.set(each.file, omitted(text, each));
    }
    return [...files]
      .map(([path, text]) => difference(path, this.text(RELEASE, path) ?? '', text))
      .join('');
  }
}

function inFolder<T>(texts: Readonly<Record<string, string>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'upstream-'));
  try {
    for (const [name, text] of Object.entries(texts)) {
      writeFileSync(join(folder, name), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function merged(there: string, after: string, before: string): string {
  return inFolder({ there, after, before }, (folder) => {
    execFileSync('git', ['merge-file', '-q', 'there', 'after', 'before'], { cwd: folder });
    return readFileSync(join(folder, 'there'), 'utf8');
  });
}

function difference(path: string, old: string, text: string): string {
  return inFolder({ old, text }, (folder) => {
    const args = ['diff', '--no-index', '--full-index', 'old', 'text'];
    return spawnSync('git', args, { cwd: folder, encoding: 'utf8' })
      .stdout.replace(/^diff --git .*$/mu, `diff --git a/${path} b/${path}`)
      .replace(/^--- .*$/mu, `--- a/${path}`)
      .replace(/^\+\+\+ .*$/mu, `+++ b/${path}`);
  });
}

/** Functions begin in the first column, and end with a brace there. */
function bodyOf(lines: readonly string[], name: string): [number, number] {
  const head = new RegExp(`^[A-Za-z].*\\b${name}\\(`, 'u');
  const start = lines.findIndex((line, at) => {
    const next = lines.slice(at).findIndex((each) => each === '{' || each.endsWith(';'));
    return head.test(line) && lines[at + next] === '{';
  });
  return [start, lines.indexOf('}', start)];
}

function omitted(text: string, { function: name, word, what }: Omission): string {
  const lines = text.split('\n');
  const [start, end] = bodyOf(lines, name);
  const at = lines.findIndex((line, index) => index > start && index < end && line.includes(word));
  if (start < 0 || at < 0) {
    throw new Error(`${name} has no ${word}`);
  }
  if (what === 'deferral') {
    lines[at] = (lines[at] ?? '').replace(/call_rcu\((.*), (\w+), \w+\);/u, '$2($1);');
  } else if (what === 'line') {
    lines.splice(at, 1);
  } else {
    const from = lines.findLastIndex((line, index) => index < at && /^\s*if \(/u.test(line));
    const to = lines.findIndex((line, index) => index > at && line.trim() === '}');
    lines.splice(from, to - from + 1);
  }
  return lines.join('\n');
}
