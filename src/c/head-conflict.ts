/**
 * A unit says more of a name than units that share its headers can be told, such as the body of a
 * `static` that a header declares: it has to be parsed with headers of its own.
 */
export class HeadConflict extends Error {
  constructor(name: string) {
    super(`'${name}' cannot be shared`);
    this.name = 'HeadConflict';
  }
}
