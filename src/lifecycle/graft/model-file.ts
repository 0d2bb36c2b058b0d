import { type Item, items } from './items.ts';
import { modelTokens, placesOf } from './text.ts';
import { shape, unitsOf } from './units.ts';

function hasLabel({ body }: Item, label: string): boolean {
  return body.some((token, at) => token.text === label && body[at + 1]?.text === ':');
}

/** One file of the model while it is edited. */
export class ModelFile {
  readonly path: string;
  private current: string;
  private parsed: Item[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.current = text;
  }

  text(): string {
    return this.current;
  }

  items(): readonly Item[] {
    this.parsed ??= items(modelTokens(this.path, this.current));
    return this.parsed;
  }

  find(kind: Item['kind'], name: string): Item | undefined {
    return this.items().find((item) => item.kind === kind && item.name === name);
  }

  /**
   * The function of that name; or, for a name that the section heading cut off, the only one it can mean.
   * Where several begin so, or the heading is a label and names none, the one that holds most of the
   * statements in `shown`.
   */
  functionFor(name: string, shown: readonly string[] = [], label?: string): Item | undefined {
    const found = this.find('function', name);
    const longer = this.items().filter(
      (item) =>
        item.kind === 'function' &&
        (label === undefined || hasLabel(item, label)) &&
        (name.length > 8 ? item.name.startsWith(name) : name === '' && shown.length > 0),
    );
    if (found !== undefined || (longer.length <= 1 && name !== '')) {
      return found ?? longer[0];
    }
    const counted = longer.map((item) => {
      const own = new Set(unitsOf(item.body).map(shape));
      return { item, count: shown.filter((text) => own.has(text)).length };
    });
    const [best, second] = counted.toSorted((a, b) => b.count - a.count);
    const enough = name === '' && label === undefined ? 1 : 0;
    return best !== undefined && best.count > Math.max(enough, second?.count ?? 0)
      ? best.item
      : undefined;
  }

  /** Any item of that name, a definition rather than a declaration. */
  named(name: string): Item | undefined {
    const found = this.items().filter((item) => item.name === name);
    return found.find((item) => item.kind === 'function' || item.kind === 'record') ?? found[0];
  }

  replace(item: Item, text: string): void {
    const start = item.tokens[0]?.start ?? 0;
    this.splice(start, item.tokens.at(-1)?.end ?? start, text);
  }

  insertAfter(item: Item, text: string): void {
    const end = item.tokens.at(-1)?.end ?? this.current.length;
    this.splice(end, end, `\n${text}`);
  }

  insertBefore(item: Item, text: string): void {
    const start = item.tokens[0]?.start ?? 0;
    this.splice(start, start, text);
  }

  append(text: string): void {
    const last = this.items().at(-1);
    if (last === undefined) {
      this.splice(this.current.length, this.current.length, `\n${text}`);
    } else if (last.tokens[0]?.text === '#') {
      // The guard of a header stays the last thing in it.
      this.insertBefore(last, text);
    } else {
      this.insertAfter(last, text);
    }
  }

  /** Put C in place of a range; what follows keeps the place it is reported under. */
  private splice(start: number, end: number, text: string): void {
    const before = this.current.slice(0, start);
    const line = this.current.slice(0, end).split('\n').length;
    const place = placesOf(this.path, this.current)[line - 1];
    const newline = before === '' || before.endsWith('\n') ? '' : '\n';
    const resume = place === undefined ? '' : `#line ${String(place.line)} "${place.path}"\n`;
    const body = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    this.current = `${before}${newline}${body}${resume}${this.current.slice(end)}`;
    this.parsed = undefined;
  }
}
