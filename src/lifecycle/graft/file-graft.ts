import type { FileChange, Hunk, HunkLine } from '../../series/series.ts';
import { ALREADY_THERE } from '../engine.ts';
import { type Edit, editFunction } from './edit.ts';
import { emitFunction, emitTokens } from './emit.ts';
import { editRecord } from './fields.ts';
import { fragmentItems, type Item } from './items.ts';
import type { ModelFile } from './model-file.ts';
import { renamedUnit } from './names.ts';
import { pairItems, type Pair } from './pairs.ts';
import { isTooDeep, modelUnits, show, shownUnits } from './shown.ts';
import { parameterNames, parameterPairs, parameterRenames } from './parameters.ts';
import { readFragment, type Place, spell, type Tok } from './text.ts';
import { shape, unitsOf } from './units.ts';

export interface Trouble {
  readonly side: 'old' | 'new';
  readonly line: HunkLine;
  readonly reason: string;
}

/** What grafting one file of a patch found out, by line of its hunks. */
export interface FileOutcome {
  readonly troubles: Trouble[];
  readonly mapped: Map<HunkLine, Place>;
  readonly functions: Set<string>;
  /** Lines with code, for the lists of added and removed lines. */
  readonly code: Set<HunkLine>;
}

/** Names of the model and of what the patch shows. */
export interface FileLevelNames {
  readonly globals: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
  /** Those of the model alone. */
  readonly model: ReadonlySet<string>;
  /** The functions that the model's files define. */
  readonly functions: ReadonlySet<string>;
}

interface FunctionChange {
  readonly name: string;
  pairs: { before: Item; after: Item; hunk: number }[];
}

/** How it begins to say what the model has in other words. */
export const HAS_ALREADY = 'the model already has a';

/** As types are called in C that has a style for it. */
const TYPE_NAME = /^[A-Z]\w*[a-z]\w*$/;

class FileGraft {
  private readonly file: ModelFile;
  private readonly others: readonly ModelFile[];
  private readonly change: FileChange;
  private readonly names: FileLevelNames;
  private readonly handled = new Set<HunkLine>();
  readonly outcome: FileOutcome = {
    troubles: [],
    mapped: new Map(),
    functions: new Set(),
    code: new Set(),
  };

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
      this.changeFunction(change);
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

  private trouble(side: 'old' | 'new', tokens: readonly Tok[], reason: string): void {
    const kind = side === 'old' ? 'removed' : 'added';
    const lines = new Set(tokens.map((token) => token.from));
    for (const line of lines) {
      if (line?.kind === kind) {
        this.outcome.troubles.push({ side, line, reason });
      }
    }
  }

  private map(tokens: readonly Tok[], model: Tok | undefined): void {
    for (const token of tokens) {
      if (token.from !== undefined && model !== undefined) {
        this.outcome.mapped.set(token.from, { path: model.file, line: model.line });
      }
    }
  }

  /** A statement of several lines is seen to run on its first. */
  private mapStatements(item: Item): void {
    for (const unit of item.kind === 'function' ? unitsOf(item.body) : []) {
      this.map(unit.tokens, unit.tokens[0]);
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
      this.trouble('old', before.tokens, reason);
      this.trouble('new', after.tokens, reason);
    } else if (before.kind === 'record') {
      const { text, missing } = editRecord(before, after, model);
      this.map(before.tokens, model.tokens[0]);
      for (const field of missing) {
        this.trouble('old', field.tokens, `the model's ${before.name} has no ${field.name}`);
      }
      if (text !== undefined) {
        this.file.replace(model, text);
      }
    } else if (!before.closed || !after.closed) {
      this.trouble('old', before.tokens, 'its end is not visible');
      this.trouble('new', after.tokens, 'its end is not visible');
    } else {
      this.map(before.tokens, model.tokens[0]);
      this.file.replace(model, emitTokens(after.tokens));
    }
  }

  private removeItem(before: Item): void {
    const model = this.file.find(before.kind, before.name);
    if (before.kind === 'include' || before.kind === 'other') {
      return;
    }
    if (model === undefined) {
      this.trouble('old', before.tokens, `the model has no ${before.kind} ${before.name}`);
      return;
    }
    this.map(before.tokens, model.tokens[0]);
    this.file.replace(model, '');
  }

  private addItem(after: Item, post: readonly Item[]): void {
    if (after.kind === 'other' || (after.kind === 'include' && !this.hasHeader(after.name))) {
      return;
    }
    if (!after.closed) {
      this.trouble('new', after.tokens, 'its end is not visible');
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
        this.trouble('new', after.tokens, `${HAS_ALREADY} ${after.kind} ${after.name}`);
      } else if (after.kind === 'function') {
        this.trouble('new', after.tokens, ALREADY_THERE);
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
    this.mapStatements(after);
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

  private changeFunction(change: FunctionChange): void {
    const { name, pairs } = change;
    const untouched = pairs.every(
      ({ before, after }) => spell(before.tokens) === spell(after.tokens),
    );
    const file = [this.file, ...this.others].find((each) => each.functionFor(name));
    const model = file?.functionFor(name);
    if (file === undefined || model === undefined) {
      for (const { before, after } of untouched ? [] : pairs) {
        this.trouble('old', before.tokens, `the model has no function ${name}`);
        this.trouble('new', after.tokens, `the model has no function ${name}`);
      }
      return;
    }
    const newName = pairs.find(
      ({ before, after }) => after.head.length > 0 && after.name !== before.name,
    )?.after.name;
    if (newName !== undefined && file.find('function', newName) !== undefined) {
      for (const { before, after } of pairs) {
        this.trouble('old', before.tokens, `${HAS_ALREADY} function ${newName}`);
        this.trouble('new', after.tokens, `${HAS_ALREADY} function ${newName}`);
      }
      return;
    }
    const headed = pairs.find(
      ({ before, after }) => before.head.length > 0 && after.head.length > 0,
    );
    const reheaded = headed !== undefined && spell(headed.before.head) !== spell(headed.after.head);
    const edit = this.edit(pairs, model);
    const whole = this.wholeBody(pairs, edit);
    if (whole !== undefined) {
      file.replace(model, emitTokens(whole.tokens));
      this.outcome.functions.add(whole.name);
      this.map(pairs[0]?.before.tokens ?? [], model.tokens[0]);
      this.mapStatements(whole);
      return;
    }
    for (const { side, tokens, reason } of edit.failures) {
      this.trouble(side, tokens, reason);
    }
    for (const { tokens, at, model: there } of edit.mapped) {
      this.map(tokens, edit.units === undefined ? (there ?? at) : at);
    }
    if (edit.units === undefined && !reheaded) {
      return;
    }
    const units = edit.units ?? modelUnits(model);
    if (reheaded) {
      const names = parameterRenames(headed.before.head, headed.after.head, model.head);
      this.map(headed.before.head, model.tokens[0]);
      const body = units.map((unit) => renamedUnit(unit, names));
      file.replace(model, emitFunction(headed.after.head, body));
      this.outcome.functions.add(headed.after.name);
    } else {
      file.replace(model, emitFunction(model.head, units));
      this.outcome.functions.add(model.name);
    }
  }

  private edit(pairs: FunctionChange['pairs'], model: Item): Edit {
    const pre = show(pairs.map(({ before, hunk }) => ({ item: before, hunk })));
    const post = show(pairs.map(({ after, hunk }) => ({ item: after, hunk })));
    const heads = [model.head, ...pairs.flatMap(({ before, after }) => [before.head, after.head])];
    const renamed = new Map(
      pairs.flatMap(({ before }) => [...parameterPairs(before.head, model.head)]),
    );
    const parameters = new Set(
      heads.flatMap((head) => parameterNames(head)).filter((name) => !renamed.has(name)),
    );
    return editFunction(pre, post, modelUnits(model), {
      isGlobal: (name) => this.names.globals.has(name),
      isField: (name) => this.names.fields.has(name),
      isFunction: (name) => this.names.functions.has(name),
      parameters,
      renamed,
    });
  }

  /** The post-image's function, when the hunk shows all of it and little of it stayed or could be mapped. */
  private wholeBody(pairs: FunctionChange['pairs'], edit: Edit): Item | undefined {
    const [only, more] = pairs;
    const complete =
      more === undefined &&
      only !== undefined &&
      [only.before, only.after].every((item) => item.opened && item.closed && item.head.length > 0);
    if (!complete || spell(only.before.tokens) === spell(only.after.tokens)) {
      return undefined;
    }
    const rewritten = edit.kept <= 2;
    return rewritten || edit.failures.length > 0 ? only.after : undefined;
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
