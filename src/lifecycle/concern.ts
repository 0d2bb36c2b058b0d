import type { Hunk, HunkLine, Patch } from '../series/series.ts';
import { pathOf } from './engine.ts';
import { matches, modelPath } from './pack.ts';
import type { Pack } from './pack.ts';

/** A statement, or a part of one, that a patch adds or removes in a file of the pack. */
export interface ChangedStatement {
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
  /** Line numbers of that side; a statement may go over several. */
  readonly lines: readonly number[];
  readonly text: string;
  /** Whether a lifetime may depend on it. */
  readonly concerns: boolean;
}

/** Every changed statement of the patch in files that the pack knows; comments and blank lines are none. */
export function changedStatements(pack: Pack, patch: Patch): ChangedStatement[] {
  const found: ChangedStatement[] = [];
  for (const change of patch.files) {
    const path = pathOf(change);
    if (modelPath(pack, path) === undefined) {
      continue;
    }
    for (const hunk of change.hunks) {
      for (const side of ['LEFT', 'RIGHT'] as const) {
        sideStatements(pack, path, hunk, side).forEach((statement) => found.push(statement));
      }
    }
  }
  return found;
}

function sideStatements(
  pack: Pack,
  path: string,
  hunk: Hunk,
  side: 'LEFT' | 'RIGHT',
): ChangedStatement[] {
  const changed = side === 'LEFT' ? 'removed' : 'added';
  const lines = hunk.lines.filter((line) => line.kind === 'context' || line.kind === changed);
  const code = stripComments(lines.map((line) => line.text));
  const found: ChangedStatement[] = [];
  let name = functionName(hunk.section);
  let group: { text: string; lines: number[] } = { text: '', lines: [] };
  function close(): void {
    if (group.lines.length > 0 && /\w/u.test(group.text.replaceAll(/\belse\b/gu, ''))) {
      found.push({ path, side, ...group, concerns: concernsLifetime(pack, name, group.text) });
    }
    group = { text: '', lines: [] };
  }
  for (const [index, line] of lines.entries()) {
    const text = code[index] ?? '';
    const head = isHead(text);
    name = head && /^\w/u.test(text) ? (functionName(text) ?? name) : name;
    const runs = line.kind === changed && text.trim() !== '' && !head;
    if (runs && isDirective(text)) {
      close();
      const own = { path, side, lines: [numberOf(line, side)], text: text.trim() };
      found.push({ ...own, concerns: isDecisive(text, side) });
    } else if (runs) {
      group.text += `${text.trim()} `;
      group.lines.push(numberOf(line, side));
    }
    if (!runs || /[;{}:]\s*$/u.test(text)) {
      close();
    }
  }
  close();
  return found;
}

function isDirective(text: string): boolean {
  return text.trimStart().startsWith('#');
}

/** Directives that decide what other lines say: macros with arguments, those that were there before, conditions. */
const DECISIVE = /^\s*#\s*(?:define\s+\w+\(|undef|ifdef|ifndef|if|elif|else|endif)/u;

function isDecisive(text: string, side: 'LEFT' | 'RIGHT'): boolean {
  return DECISIVE.test(text) || (side === 'LEFT' && /^\s*#\s*define\b/u.test(text));
}

/**
 * Whether a patch changes what stands outside of functions, in a file of the pack or any header: heads, types,
 * objects, macros, includes. What that does to an execution shows where the files themselves are run.
 */
export function changesDeclarations(pack: Pack, patch: Patch): boolean {
  return patch.files.some((change) => {
    const path = pathOf(change);
    const isHeader = /\.(?:h|inc)$/u.test(path);
    return (
      (isHeader || modelPath(pack, path) !== undefined) &&
      change.hunks.some((hunk) => changesOutside(hunk, isHeader))
    );
  });
}

function changesOutside(hunk: Hunk, isHeader: boolean): boolean {
  return (['removed', 'added'] as const).some((changed) => {
    const lines = hunk.lines.filter((line) => line.kind === 'context' || line.kind === changed);
    const code = stripComments(lines.map((line) => line.text));
    return lines.some((line, at) => {
      const text = code[at] ?? '';
      const counts = line.kind === changed && text.trim() !== '';
      return counts && (isHeader || isDirective(text) || isHead(text));
    });
  });
}

/**
 * Whether nothing runs on a line: heads of definitions, prototypes and declarations of the file start in the first
 * column. Statements may do so as well, though few people write them like that.
 */
function isHead(text: string): boolean {
  // `name(Type *name` is a head whose type stands on the line above, `NAME(…)` without a semicolon a macro of the file.
  const called =
    /^\w+\s*\((?!\s*(?:const\s+|struct\s+)?\w+[\s*]+\w)/u.test(text) && !/\)\s*$/u.test(text);
  return !(/^\s/u.test(text) || called || FIRST_COLUMN.test(text));
}

/** Keywords, labels with something behind them, and what is assigned, dereferenced or counted. */
const FIRST_COLUMN =
  /^(?:(?:if|else|for|while|do|switch|return|goto|break|continue|case|default)\b|[*(+\-!~&]|\{\s*\S|\}\s*(?:else|while)\b|\w+\s*(?::\s*\S|->|\.|\[[^\]]*\]\s*[-=.+]|(?:[-+*/%&|^]|<<|>>)?=|--|\+\+))/u;

function numberOf(line: HunkLine, side: 'LEFT' | 'RIGHT'): number {
  return (side === 'LEFT' ? line.oldLine : line.newLine) ?? 0;
}

/** A character or a string; the end of a string is empty where the closing quote is missing: nothing is tried twice. */
const LITERAL = /'(?:\\.|[^'\\])'|"(?:\\.|[^"\\])*("?)/gsu;

function functionName(text: string): string | undefined {
  return /\b(\w+)\s*\(/u.exec(text)?.[1];
}

function concernsLifetime(pack: Pack, name: string | undefined, text: string): boolean {
  const { functions, calls, fields } = pack.concern;
  const bare = text.replaceAll(LITERAL, (whole, end?: string) => (end === '"' ? '""' : whole));
  if (name !== undefined && matches(functions, name)) {
    return true;
  }
  for (const call of bare.matchAll(/\b([A-Za-z_]\w*)\s*\(/gu)) {
    if (matches(calls, call[1] ?? '')) {
      return true;
    }
  }
  for (const field of bare.matchAll(/(?:->|\.)\s*([A-Za-z_]\w*)/gu)) {
    if (fields.includes(field[1] ?? '')) {
      return true;
    }
  }
  return false;
}

/** The lines without their comments. A fragment may begin inside one: its end comes before any start. */
export function stripComments(lines: readonly string[]): string[] {
  const all = lines.join('\n');
  const end = all.indexOf('*/');
  const start = all.indexOf('/*');
  let inside = end >= 0 && (start < 0 || end < start);
  return lines.map((line) => {
    let rest = line;
    let kept = '';
    while (rest !== '') {
      if (inside) {
        const close = rest.indexOf('*/');
        inside = close < 0;
        rest = inside ? '' : rest.slice(close + 2);
        continue;
      }
      const token = /'(?:\\.|[^'\\])'|"(?:\\.|[^"\\])*("?)|\/\*|\/\//su.exec(rest);
      if (token?.[1] === '') {
        // No closing quote: whatever follows counts as code, since nothing that may matter is passed over.
        kept += rest;
        rest = '';
      } else if (token === null || token[0] === '//') {
        kept += token === null ? rest : rest.slice(0, token.index);
        rest = '';
      } else {
        const past = token.index + token[0].length;
        inside = token[0] === '/*';
        kept += rest.slice(0, inside ? token.index : past);
        rest = rest.slice(past);
      }
    }
    // A line of a comment whose start and end both lie outside the fragment.
    return /^\s*\*(?:\s|$)/u.test(kept) ? '' : kept;
  });
}
