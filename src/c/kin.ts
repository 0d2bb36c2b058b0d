import type { Variable } from './ast.ts';
import { split } from './difference.ts';
import type { UnitState } from './parse-context.ts';
import type { Token } from './token.ts';

/**
 * How one version of some units differs from another, the first, where nothing but bodies of functions does and static
 * functions are added:
 *
 *     first                    this version
 *     static int count;   <──  static int count;                  a twin
 *     int take(void) {…}  ──>  int take(void) { other text }      another
 *     int drop(void) {…}       int drop(void) {…}                 the same, some lines further down: a shift
 */
export interface Kin {
  /** What the names of file scope in this version stand for in the first. */
  readonly twins: ReadonlyMap<Variable, Variable>;
  /** Functions of the first that have another body here. */
  readonly others: ReadonlyMap<Variable, Variable>;
  /** How many lines further down functions of the first stand here, where it is not 0. */
  readonly shifts: ReadonlyMap<Variable, number>;
}

/** Undefined where the two differ in more: another set of units, a type, an object, a declaration. */
export function kinOf(first: readonly UnitState[], units: readonly UnitState[]): Kin | undefined {
  const kin = itself();
  const areKin =
    first.length === units.length &&
    units.every((unit, index) => {
      const before = first[index];
      return before === unit || (before !== undefined && relate(kin, before, unit));
    });
  return areKin ? kin : undefined;
}

/** One that is found out bit by bit. */
interface Growing extends Kin {
  readonly twins: Map<Variable, Variable>;
  readonly others: Map<Variable, Variable>;
  readonly shifts: Map<Variable, number>;
}

/** Of the first version, which differs from itself in nothing. */
export function itself(): Growing {
  return { twins: new Map(), others: new Map(), shifts: new Map() };
}

function relate(kin: Growing, before: UnitState, after: UnitState): boolean {
  if (before.head !== after.head || before.errors.length > 0 || after.errors.length > 0) {
    return false;
  }
  const [old, now] = [split(before), split(after)];
  const restMoved = old.rest.length !== now.rest.length;
  if (restMoved || old.rest.some((token, index) => token.text !== now.rest[index]?.text)) {
    return false;
  }
  const isGone = [...old.functions.keys()].some((name) => !now.functions.has(name));
  return !isGone && [...after.globals.values()].every((variable) => join(variable));

  function join(variable: Variable): boolean {
    const { name } = variable;
    const twin = before.globals.get(name);
    if (twin === undefined) {
      // Nobody but this version knows it.
      return variable.internal && variable.isConstructor !== true;
    }
    kin.twins.set(variable, twin);
    const [a, b] = [old.functions.get(name), now.functions.get(name)];
    if (a !== undefined && b !== undefined) {
      const shift = shiftOf(a, b);
      if (shift === undefined) {
        kin.others.set(twin, variable);
      } else if (shift !== 0) {
        kin.shifts.set(twin, shift);
      }
    }
    return (
      twin.internal === variable.internal &&
      twin.isConstructor === variable.isConstructor &&
      (a === undefined) === (b === undefined)
    );
  }
}

/** How many lines further down the same tokens stand, each in its column; undefined where they are not the same. */
function shiftOf(before: readonly Token[], after: readonly Token[]): number | undefined {
  const [first] = before;
  const [moved] = after;
  if (first === undefined || moved === undefined || before.length !== after.length) {
    return undefined;
  }
  const shift = moved.location.line - first.location.line;
  const isSame = before.every(({ text, location }, index) => {
    const other = after[index];
    return (
      other?.text === text &&
      other.location.file === location.file &&
      other.location.line === location.line + shift &&
      other.location.column === location.column
    );
  });
  return isSame ? shift : undefined;
}
