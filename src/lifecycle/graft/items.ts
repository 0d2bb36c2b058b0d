import { spell, type Tok } from './text.ts';

export type ItemKind =
  'function' | 'record' | 'prototype' | 'global' | 'typedef' | 'define' | 'include' | 'other';

/** One thing at file level; in a fragment, what is visible of it. */
export interface Item {
  readonly kind: ItemKind;
  readonly name: string;
  readonly tokens: readonly Tok[];
  /** What stands before `{`; empty where the fragment does not show it. */
  readonly head: readonly Tok[];
  /** Between the braces; empty without braces. */
  readonly body: readonly Tok[];
  /** From the closing brace on. */
  readonly tail: readonly Tok[];
  /** The opening and the closing brace are visible. */
  readonly opened: boolean;
  readonly closed: boolean;
}

const OPEN = new Set(['(', '[', '{']);
const CLOSE = new Set([')', ']', '}']);

/** Index behind the group that opens at `at`; the length of the list when it never closes. */
export function behindGroup(tokens: readonly Tok[], at: number): number {
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    const text = tokens[i]?.text ?? '';
    if (OPEN.has(text)) {
      depth++;
    } else if (CLOSE.has(text) && --depth <= 0) {
      return i + 1;
    }
  }
  return tokens.length;
}

/** Parts between a token that stands outside of all groups. */
export function splitAt(tokens: readonly Tok[], separator: string): (readonly Tok[])[] {
  const parts: (readonly Tok[])[] = [];
  let from = 0;
  for (let at = 0; at < tokens.length; at++) {
    const text = tokens[at]?.text ?? '';
    if (/^[([{]$/u.test(text)) {
      at = behindGroup(tokens, at) - 1;
    } else if (text === separator) {
      parts.push(tokens.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, tokens.slice(from)];
}

/** Index behind the directive that starts at `at`. */
export function behindDirective(tokens: readonly Tok[], at: number): number {
  let end = at + 1;
  while (end < tokens.length && tokens[end]?.startsLine !== true) {
    end++;
  }
  return end;
}

function isDirective(token: Tok | undefined): boolean {
  return token?.text === '#' && token.startsLine;
}

/** The name in front of the first parameter list of a declaration. */
function functionName(head: readonly Tok[]): string {
  for (let at = 1; at < head.length; at++) {
    const name = head[at - 1];
    if (head[at]?.text === '(' && name?.kind === 'identifier' && name.text !== '__attribute__') {
      return name.text;
    }
  }
  return '';
}

function recordName(head: readonly Tok[]): string {
  const at = head.findIndex((token) => /^(struct|union|enum)$/.test(token.text));
  const name = head[at + 1];
  return at !== -1 && name?.kind === 'identifier' ? name.text : '';
}

function lastName(tokens: readonly Tok[]): string {
  const stop = tokens.findIndex((token) => token.text === '=' || token.text === '[');
  const seen = stop === -1 ? tokens : tokens.slice(0, stop);
  return seen.findLast((token) => token.kind === 'identifier')?.text ?? '';
}

function directive(tokens: readonly Tok[]): Item {
  const word = tokens[1]?.text ?? '';
  const kind = word === 'define' ? 'define' : word === 'include' ? 'include' : 'other';
  const name = kind === 'include' ? spell(tokens.slice(2)) : (tokens[2]?.text ?? '');
  return { kind, name, tokens, head: [], body: [], tail: [], opened: false, closed: true };
}

function plain(tokens: readonly Tok[]): Item {
  const first = tokens[0]?.text;
  const empty = { tokens, head: tokens, body: [], tail: [], opened: false, closed: true };
  if (first === 'typedef') {
    const called = tokens.some((token) => token.text === '(');
    const name = called ? (/\( \* (\w+) \)/.exec(spell(tokens))?.[1] ?? '') : lastName(tokens);
    return { kind: 'typedef', name: name === '' ? functionName(tokens) : name, ...empty };
  }
  const assigned = tokens.findIndex((token) => token.text === '=');
  const head = assigned === -1 ? tokens : tokens.slice(0, assigned);
  const called = functionName(head);
  if (called !== '' && head[0]?.text !== called) {
    return { kind: 'prototype', name: called, ...empty };
  }
  if (called !== '') {
    return { kind: 'other', name: spell(tokens), ...empty };
  }
  return { kind: 'global', name: lastName(head), ...empty };
}

interface Range {
  readonly from: number;
  readonly brace: number;
  readonly close: number;
  readonly end: number;
}

function braced(tokens: readonly Tok[], range: Range): Item {
  const { from, brace, close, end } = range;
  const head = tokens.slice(from, brace);
  const isRecord = !head.some((token) => token.text === '(');
  const record = recordName(head);
  const tail = tokens.slice(close, end);
  const name = isRecord ? (record === '' ? lastName(tail) : record) : functionName(head);
  return {
    kind: isRecord ? 'record' : 'function',
    name,
    tokens: tokens.slice(from, end),
    head,
    body: tokens.slice(brace + 1, close),
    tail,
    opened: brace >= from && tokens[brace]?.text === '{',
    closed: close < tokens.length,
  };
}

/** The brace that ends what a `{` opened: by depth, or the first in column 1. */
function closingBrace(tokens: readonly Tok[], brace: number): number {
  let depth = 0;
  for (let at = brace; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.text === '{') {
      depth++;
    } else if (token?.text === '}') {
      depth--;
      if (depth <= 0 || token.column === 1) {
        return at;
      }
    }
  }
  return tokens.length;
}

function behindSemicolon(tokens: readonly Tok[], at: number): number {
  const found = tokens.findIndex((token, i) => i >= at && token.text === ';');
  return found === -1 ? tokens.length : found + 1;
}

/** Items of a whole file, or of the part of a fragment that is at file level. */
export function items(tokens: readonly Tok[], start = 0): Item[] {
  const found: Item[] = [];
  let at = start;
  while (at < tokens.length) {
    const end = oneItem(tokens, at, found);
    at = Math.max(end, at + 1);
  }
  return found;
}

function oneItem(tokens: readonly Tok[], from: number, found: Item[]): number {
  if (isDirective(tokens[from])) {
    const end = behindDirective(tokens, from);
    found.push(directive(tokens.slice(from, end)));
    return end;
  }
  let initializer = false;
  let parens = false;
  for (let at = from; at < tokens.length;) {
    const token = tokens[at];
    if (token?.text === ';') {
      found.push(plain(tokens.slice(from, at + 1)));
      return at + 1;
    }
    if (isDirective(token)) {
      at = behindDirective(tokens, at);
    } else if (token?.text === '{' && !initializer) {
      const close = closingBrace(tokens, at);
      const end = parens ? Math.min(close + 1, tokens.length) : behindSemicolon(tokens, close);
      found.push(braced(tokens, { from, brace: at, close, end }));
      return end;
    } else if (token !== undefined && OPEN.has(token.text)) {
      parens ||= token.text === '(' && at > from && tokens[at - 1]?.text !== '__attribute__';
      const end = behindGroup(tokens, at);
      const next = tokens[end];
      if (at === from + 1 && next?.column === 1 && next.text !== '{' && !/[;=]/.test(next.text)) {
        found.push(plain(tokens.slice(from, end)));
        return end;
      }
      at = end;
    } else {
      initializer ||= token?.text === '=';
      at++;
    }
  }
  found.push({ ...plain(tokens.slice(from)), closed: false });
  return tokens.length;
}

const LABEL = /^(case|default)$/;

function firstAtMargin(tokens: readonly Tok[]): number {
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (isDirective(token)) {
      at = behindDirective(tokens, at) - 1;
    } else if (token?.startsLine === true && token.column === 1) {
      const label = token.kind === 'identifier' && tokens[at + 1]?.text === ':';
      if (!label && !LABEL.test(token.text)) {
        return at;
      }
    }
  }
  return tokens.length;
}

/**
 * Items of one image of a hunk. What the hunk begins in the middle of is named by the section heading.
 * QEMU closes everything at file level with a brace in column 1, which tells where the fragment starts.
 */
export function fragmentItems(tokens: readonly Tok[], section: string): Item[] {
  const margin = firstAtMargin(tokens);
  const text = tokens[margin]?.text;
  if (tokens.length === 0 || (margin === 0 && text !== '}' && text !== '{')) {
    return items(tokens);
  }
  const isFunction = section.includes('(') || !/\b(struct|union|enum|typedef)\b/.test(section);
  const name = isFunction
    ? (/(\w+)\s*(?:\(|$)/.exec(section)?.[1] ?? '')
    : (/\b(?:struct|union|enum)\s+(\w+)/.exec(section)?.[1] ?? '');
  const kind = isFunction ? 'function' : 'record';
  if (text === '{') {
    const close = closingBrace(tokens, margin);
    const end = Math.min(close + 1, tokens.length);
    const whole = braced(tokens, { from: 0, brace: margin, close, end });
    return [{ ...whole, kind, name, head: [] }, ...items(tokens, end)];
  }
  if (text === undefined || text === '}') {
    const end = isFunction ? margin + 1 : behindSemicolon(tokens, margin);
    const body = tokens.slice(0, margin);
    const tail = tokens.slice(margin, end);
    const closed = text !== undefined;
    const cut = { tokens: tokens.slice(0, end), head: [], body, tail, opened: false, closed };
    return [{ kind, name, ...cut }, ...items(tokens, Math.min(end, tokens.length))];
  }
  return items(tokens, margin);
}
