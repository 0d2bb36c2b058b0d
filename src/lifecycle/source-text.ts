import type { Image } from '../tree/image.ts';
import type { Pack } from './pack.ts';

/** Finds the text of a line by the place that executions give it: `#line` of what was grafted is in force. */
export function sourceText(pack: Pack, image: Image): (path: string, line: number) => string {
  const files = new Map<string, readonly string[]>();
  let presumed: Map<string, string> | undefined;
  return (path, line) => {
    presumed ??= presumedLines(pack, image);
    const known = presumed.get(`${path}:${line}`);
    if (known !== undefined) {
      return known;
    }
    const lines = files.get(path) ?? (image.get(path) ?? '').split('\n');
    files.set(path, lines);
    return lines[line - 1] ?? '';
  };
}

/** The lines of files that say of themselves where they are from, by `path:line`. */
function presumedLines(pack: Pack, image: Image): Map<string, string> {
  const found = new Map<string, string>();
  for (const { model } of pack.files) {
    const text = image.get(model) ?? '';
    if (text.includes('#line ')) {
      indexLines(model, text, found);
    }
  }
  return found;
}

function indexLines(model: string, text: string, found: Map<string, string>): void {
  let [file, line] = [model, 1];
  for (const each of text.split('\n')) {
    const [, number, name] = /^#line (\d+) "(.*)"$/u.exec(each) ?? [];
    if (number !== undefined && name !== undefined) {
      [file, line] = [name.replaceAll(/\\(.)/gu, '$1'), Number(number)];
    } else {
      found.set(`${file}:${line}`, each);
      line += 1;
    }
  }
}
