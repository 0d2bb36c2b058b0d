import type { FileChange, Hunk, HunkLine } from '../../series/series.ts';
import { ALREADY_THERE } from '../engine.ts';
import { emitTokens } from './emit.ts';
import { editRecord } from './fields.ts';
import { type FunctionChange, graftFunction } from './function-graft.ts';
import { fragmentItems, type Item } from './items.ts';
import type { ModelFile } from './model-file.ts';
import type { FileLevelNames } from './names.ts';
import { type FileOutcome, HAS_ALREADY, OutcomeRecord } from './outcome.ts';
import { pairItems, type Pair } from './pairs.ts';
import { isTooDeep, shownUnits } from './shown.ts';
import { readFragment, spell, type Tok } from './text.ts';
import { shape } from './units.ts';

/** As types are called in C that has a style for it. */
const TYPE_NAME = /^[A-Z]\w*[a-z]\w*$/;

class FileGraft {
  private readonly file: ModelFile;
  private readonly others: readonly ModelFile[];
  private readonly change: FileChange;
  private readonly names: FileLevelNames;
  private readonly handled = new Set<HunkLine>();
  readonly outcome = new OutcomeRecord();

  constructor(
    file: ModelFile,
    others: readonly ModelFile[],
    change: FileChange,
    names: FileLevelNames,
  ) {
    this.file = file;
    this.others = others;
    this.change = change;
    this.names = names;
  }

  run(): void {
    const functions = new Map<string, FunctionChange>();
    const levels: { pairs: readonly Pair[]; post: readonly Item[] }[] = [];
    this.change.hunks.forEach((hunk, index) => {
      const [pre, post] = this.images(hunk);
      const pairs = pairItems(pre, post);
      for (const pair of pairs) {
        this.classify(pair, index, functions);
      }
      levels.push({ pairs, post });
    });
    for (const { before } of levels.flatMap(({ pairs }) => pairs).filter(({ after }) => !after)) {
      if (before?.kind === 'function') {
        this.removeItem(before);
      }
    }
    for (const change of functions.values()) {
      graftFunction(change, [this.file, ...this.others], this.names, this.outcome);
    }
    for (const { pairs, post } of levels) {
      this.fileLevel(pairs, post);
    }
    this.leftOver();
  }

  private images(hunk: Hunk): [Item[], Item[]] {
    const { oldPath = '', newPath = oldPath } = this.change;
    const old = hunk.lines.filter((line) => line.kind !== 'added');
    const next = hunk.lines.filter((line) => line.kind !== 'removed');
    const pre = readFragment(newPath, old, 'old');
    const post = readFragment(newPath, next, 'new');
    if (pre === undefined || post === undefined || isTooDeep(pre) || isTooDeep(post)) {
      this.unreadable(hunk);
      return [[], []];
    }
    this.noteCode(pre);
    this.noteCode(post);
    return [fragmentItems(pre, hunk.section), fragmentItems(post, hunk.section)];
  }

  /** What does not lex, or nests beyond reason, cannot be grafted; its changed lines say so. */
  private unreadable(hunk: Hunk): void {
    for (const line of hunk.lines) {
      if (line.kind !== 'context' && /[A-Za-z]/.test(line.text)) {
        const side = line.kind === 'removed' ? 'old' : 'new';
        this.outcome.code.add(line);
        this.handled.add(line);
        this.outcome.troubles.push({ side, line, reason: 'the hunk cannot be read as C' });
      }
    }
  }

  private noteCode(tokens: readonly Tok[]): void {
    let directive = false;
    for (const token of tokens) {
      directive = token.startsLine ? token.text === '#' : directive;
      if (!directive && !/^[{}]$/.test(token.text) && token.from !== undefined) {
        this.outcome.code.add(token.from);
      }
    }
  }

  private classify(pair: Pair, hunk: number, functions: Map<string, FunctionChange>): void {
    const { before, after } = pair;
    for (const token of [...(before?.tokens ?? []), ...(after?.tokens ?? [])]) {
      if (token.from !== undefined) {
        this.handled.add(token.from);
      }
    }
    if (before?.kind === 'function' && after?.kind === 'function') {
      const shown = shownUnits(before).flatMap((unit) =>
        unit.tokens.length > 2 ? [shape(unit)] : [],
      );
      const section = this.change.hunks[hunk]?.section ?? '';
      const label = before.name === '' ? /^(\w+)\s*:/.exec(section)?.[1] : undefined;
      const name = this.file.functionFor(before.name, shown, label)?.name ?? before.name;
      const change = functions.get(name) ?? { name, pairs: [] };
      change.pairs.push({ before, after, hunk });
      functions.set(name, change);
    }
  }

  private fileLevel(pairs: readonly Pair[], post: readonly Item[]): void {
    for (const { before, after } of pairs) {
      if (before !== undefined && after !== undefined) {
        this.changeItem(before, after);
      } else if (before !== undefined && before.kind !== 'function') {
        this.removeItem(before);
      }
    }
    for (const { before, after } of pairs) {
      if (before === undefined && after !== undefined) {
        this.addItem(after, post);
      }
    }
  }

  private changeItem(before: Item, after: Item): void {
    if (before.kind === 'function' || spell(before.tokens) === spell(after.tokens)) {
      return;
    }
    const model = this.file.find(before.kind, before.name);
    if (model === undefined) {
      const reason = `the model has no ${before.kind} ${before.name}`;
      this.outcome.trouble('old', before.tokens, reason);
      this.outcome.trouble('new', after.tokens, reason);
    } else if (before.kind === 'record') {
      const { text, missing } = editRecord(before, after, model);
      this.outcome.map(before.tokens, model.tokens[0]);
      for (const field of missing) {
        this.outcome.trouble(
          'old',
          field.tokens,
          `the model's ${before.name} has no ${field.name}`,
        );
      }
      if (text !== undefined) {
        this.file.replace(model, text);
      }
    } else if (!before.closed || !after.closed) {
      this.outcome.trouble('old', before.tokens, 'its end is not visible');
      this.outcome.trouble('new', after.tokens, 'its end is not visible');
    } else {
      this.outcome.map(before.tokens, model.tokens[0]);
      this.file.replace(model, emitTokens(after.tokens));
    }
  }

  private removeItem(before: Item): void {
    const model = this.file.find(before.kind, before.name);
    if (before.kind === 'include' || before.kind === 'other') {
      return;
    }
    if (model === undefined) {
      this.outcome.trouble('old', before.tokens, `the model has no ${before.kind} ${before.name}`);
      return;
    }
    this.outcome.map(before.tokens, model.tokens[0]);
    this.file.replace(model, '');
  }

  private addItem(after: Item, post: readonly Item[]): void {
    if (after.kind === 'other' || (after.kind === 'include' && !this.hasHeader(after.name))) {
      return;
    }
    if (!after.closed) {
      this.outcome.trouble('new', after.tokens, 'its end is not visible');
      return;
    }
    const existing = after.kind === 'include' ? this.file.find('include', after.name) : undefined;
    if (existing !== undefined) {
      return;
    }
    const same = this.file.find(after.kind, after.name);
    if (same !== undefined) {
      const differs = spell(same.tokens) !== spell(after.tokens);
      if (differs && after.kind !== 'prototype') {
        this.outcome.trouble('new', after.tokens, `${HAS_ALREADY} ${after.kind} ${after.name}`);
      } else if (after.kind === 'function') {
        this.outcome.trouble('new', after.tokens, ALREADY_THERE);
      }
      return;
    }
    if (/^(prototype|typedef)$/.test(after.kind) && this.hasUnknownType(after, post)) {
      // A header that does not parse would end every scenario; this declaration nobody needs.
      return;
    }
    if (after.kind === 'function') {
      this.outcome.functions.add(after.name);
    }
    this.place(after, post, emitTokens(after.tokens));
    this.outcome.mapStatements(after);
  }

  private hasUnknownType({ head }: Item, post: readonly Item[]): boolean {
    const isKnown = (name: string): boolean =>
      post.some((item) => item.name === name && item.closed) ||
      this.names.model.has(name) ||
      this.file.named(name) !== undefined;
    return head.some(
      ({ kind, text }) => kind === 'identifier' && TYPE_NAME.test(text) && !isKnown(text),
    );
  }

  private hasHeader(name: string): boolean {
    const path = name.replaceAll(/["< >]/g, '');
    return this.others.some((file) => file.path.endsWith(`/${path}`) || file.path === path);
  }

  /** Where the neighbours in the hunk say; else before the functions, or at the end. */
  private place(after: Item, post: readonly Item[], text: string): void {
    const at = post.indexOf(after);
    for (const other of post.slice(0, at).toReversed()) {
      const found = other.name === '' ? undefined : this.file.named(other.name);
      if (found !== undefined) {
        this.file.insertAfter(found, text);
        return;
      }
    }
    for (const other of post.slice(at + 1)) {
      const found = other.name === '' ? undefined : this.file.named(other.name);
      if (found !== undefined) {
        this.file.insertBefore(found, text);
        return;
      }
    }
    const first = this.file.items().find((item) => item.kind === 'function');
    if (first !== undefined && after.kind !== 'function') {
      this.file.insertBefore(first, text);
    } else {
      this.file.append(text);
    }
  }

  private leftOver(): void {
    for (const hunk of this.change.hunks) {
      for (const line of hunk.lines) {
        if (line.kind !== 'context' && this.outcome.code.has(line) && !this.handled.has(line)) {
          const side = line.kind === 'removed' ? 'old' : 'new';
          this.outcome.troubles.push({ side, line, reason: 'only the end of it is visible' });
        }
      }
    }
  }
}

/** Graft the hunks of one file on the model's; edits `file` in place. */
export function graftFile(
  file: ModelFile,
  others: readonly ModelFile[],
  change: FileChange,
  names: FileLevelNames,
): FileOutcome {
  const graft = new FileGraft(file, others, change, names);
  graft.run();
  return graft.outcome;
}
