import { harmOf } from '../machine/outcome.ts';
import { executionOf, type JudgedScenario } from './judgement.ts';
import { endOf } from './replay.ts';
import type { Side } from './replay.ts';
import { attribute, classify } from './verdict.ts';

/** What the patches did to each scenario of the base; `sides`: after each patch, the tip last. */
export function judgeScenarios(before: Side, sides: readonly Side[]): JudgedScenario[] {
  const tip = sides.at(-1) ?? before;
  const failing = failuresOf(before);
  return before.scenarios.map((scenario) => {
    const base = executionOf(before, scenario);
    const after = executionOf(tip, scenario);
    const end = endOf(tip.image, after);
    const failedBy = failing.get(end.statement ?? '') ?? new Set();
    const elsewhere = failedBy.size > (failedBy.has(scenario.id) ? 1 : 0);
    const ends = sides.map((side) => endOf(side.image, executionOf(side, scenario)));
    const comparison = {
      contract: scenario.contract,
      before: endOf(before.image, base),
      after: end,
      between: ends.slice(0, -1),
      failsElsewhereOnBase: elsewhere,
    };
    return {
      scenario,
      before: base,
      after,
      class: classify(comparison),
      patches: attribute(ends.map((each) => classify({ ...comparison, after: each, between: [] }))),
    };
  });
}

/** Which scenarios fail at a statement, for each that one fails at. */
function failuresOf(side: Side): Map<string, Set<string>> {
  const failures = new Map<string, Set<string>>();
  for (const [id, execution] of side.worst) {
    const { statement } = endOf(side.image, execution);
    if (statement !== undefined && harmOf(execution.outcome) > 0) {
      failures.set(statement, (failures.get(statement) ?? new Set()).add(id));
    }
  }
  return failures;
}
