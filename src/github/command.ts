import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Nodes } from 'mdast';

/** What somebody asks for in a comment. */
export type Command =
  | { readonly kind: 'review' | 'help' }
  | { readonly kind: 'replay'; readonly path: string }
  | { readonly kind: 'explain'; readonly label: number }
  | { readonly kind: 'dismiss'; readonly label: number; readonly reason: string }
  | { readonly kind: 'unknown'; readonly text: string };

const NAME = '/check-lifecycle';
/** Longer comments are no commands; reading Markdown takes time that grows with its length. */
const MOST_COMMENT = 65_536;

/**
 * The first command of a comment: the first word of a line of a paragraph that is in no quote, list, table, code or
 * HTML. Undefined where there is none.
 */
export function readCommand(comment: string): Command | undefined {
  if (!comment.includes(NAME) || comment.length > MOST_COMMENT) {
    return undefined;
  }
  const { children } = fromMarkdown(comment);
  for (const block of children) {
    const line = block.type === 'paragraph' ? commandLine(comment, block) : undefined;
    if (line !== undefined) {
      return parse(line);
    }
  }
  return undefined;
}

function commandLine(comment: string, paragraph: Nodes): string | undefined {
  const start = paragraph.position?.start.offset ?? 0;
  const end = paragraph.position?.end.offset ?? start;
  let offset = start;
  for (const line of comment.slice(start, end).split('\n')) {
    const indent = line.length - line.trimStart().length;
    if (line.trim().split(/\s/u)[0] === NAME && !isInside(paragraph, offset + indent)) {
      return line.trim();
    }
    offset += line.length + 1;
  }
  return undefined;
}

/** Whether an offset is in code, HTML or a link that goes on over several lines. */
function isInside(node: Nodes, offset: number): boolean {
  const children = 'children' in node ? node.children : [];
  return children.some((child) => {
    const from = child.position?.start.offset ?? 0;
    const to = child.position?.end.offset ?? 0;
    return child.type !== 'text' && from <= offset && offset < to;
  });
}

function parse(line: string): Command {
  const [, verb = '', rest = ''] = /^\S+\s*(\S*)\s*(.*)$/su.exec(line) ?? [];
  const label = /^F([1-9]\d{0,5})\b\s*(.*)$/su.exec(rest);
  switch (verb) {
    case '':
      return { kind: 'review' };
    case 'help':
      return { kind: 'help' };
    case 'replay':
      return /^[\w./-]+(?::[\d.]*)?$/u.test(rest)
        ? { kind: 'replay', path: rest }
        : { kind: 'unknown', text: line };
    case 'explain':
      return label === null
        ? { kind: 'unknown', text: line }
        : { kind: 'explain', label: Number(label[1]) };
    case 'dismiss':
      return label === null || label[2] === ''
        ? { kind: 'unknown', text: line }
        : { kind: 'dismiss', label: Number(label[1]), reason: label[2] ?? '' };
    default:
      return { kind: 'unknown', text: line };
  }
}
