/** A place in a source file. Lines and columns count from 1; columns count UTF-16 units. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The text of every file that `#include` may reach, by path; undefined where there is none. */
export interface FileSystem {
  read(path: string): string | undefined;
}

/** A diagnostic of the front-end: what was expected, and where. Bugs throw plain errors instead. */
export class CError extends Error {
  readonly location: Location;

  constructor(location: Location, message: string) {
    super(message);
    this.location = location;
    this.name = 'CError';
  }

  /** `file:line:column: message`, as compilers print it. */
  override toString(): string {
    const { file, line, column } = this.location;
    return `${file}:${line}:${column}: ${this.message}`;
  }
}
