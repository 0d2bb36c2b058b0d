import type { Change } from './edit.ts';
import type { LifecycleFunction, SourceFile } from './functions.ts';
import { neighbourMutants } from './mutants-neighbour.ts';
import { statementMutants } from './mutants-statement.ts';
import { testMutants } from './mutants-test.ts';
import type { Edit } from '../lifecycle/repair/edit.ts';
import type { EvaluationRules } from './rules.ts';

/** A change before it has a name. */
export interface Draft {
  readonly operator: string;
  readonly line: number;
  readonly edits: readonly Edit[];
}

/** What operators need to know besides the function. */
export interface Grounds {
  readonly source: SourceFile;
  readonly rules: EvaluationRules;
  /** Fields whose values decide about lifetimes. */
  readonly fields: ReadonlySet<string>;
}

/** Every way in which the operators change one function. */
export function mutantsOf(of: LifecycleFunction, grounds: Grounds): Change[] {
  return named(of, [
    ...statementMutants(of, grounds),
    ...testMutants(of),
    ...neighbourMutants(of, grounds),
  ]);
}

/** Names drafts by their operator and their order in the text; two that make the same edits are one. */
export function named(of: LifecycleFunction, drafts: readonly Draft[]): Change[] {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  return drafts.flatMap(({ operator, line, edits }) => {
    const key = JSON.stringify(edits);
    if (seen.has(key)) {
      return [];
    }
    seen.add(key);
    const count = (counts.get(operator) ?? 0) + 1;
    counts.set(operator, count);
    return [{ id: `${of.name}/${operator}-${count}`, function: of.name, operator, line, edits }];
  });
}
