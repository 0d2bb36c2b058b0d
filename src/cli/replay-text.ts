import type { GraphNode } from '../lifecycle/graph.ts';
import { describeSite } from '../lifecycle/ledger.ts';
import type { Step } from '../lifecycle/steps.ts';
import type { Execution, TraceEvent } from '../machine/execution.ts';
import { visible } from '../review/prose.ts';

/** Paths above this length do not move the column behind them. */
const WIDEST = 44;

/**
 * What a path did to the objects that it is about, a line a step, and how it ended:
 *
 *     model/system/memory.c:1763  takes a reference on D1 for B1 (D1: 2)
 */
export function renderSteps(title: string, steps: readonly Step[], execution: Execution): string {
  // The end is told in full below.
  const shown = steps.slice(0, -1).map((step) => ({ at: placeOf(step), step }));
  const width = Math.min(WIDEST, Math.max(0, ...shown.map(({ at }) => at.length)));
  const counts = new Map<string, number>();
  const lines = shown.map(
    ({ at, step }) => `  ${at.padEnd(width)}  ${step.what}${countsAfter(step.changed, counts)}`,
  );
  return print([title, '', ...lines, ...(lines.length > 0 ? [''] : []), ...endLines(execution)]);
}

function placeOf({ at }: Step): string {
  return at === null ? '' : `${at.path}:${at.line}`;
}

/** ` (D1: 2)`: the references of every object that has others than before. */
function countsAfter(changed: readonly GraphNode[], counts: Map<string, number>): string {
  const moved = changed.flatMap(({ id, count, state }) => {
    if (count === null || state !== 'alive' || counts.get(id) === count) {
      return [];
    }
    counts.set(id, count);
    return [`${id}: ${count}`];
  });
  return moved.length === 0 ? '' : ` (${moved.join(', ')})`;
}

/** All calls, indented, and all statements, and the end. */
export function renderExecution(execution: Execution): string {
  return print([...execution.trace.flatMap(renderEvent), ...endLines(execution)]);
}

function endLines(execution: Execution): string[] {
  const at = execution.at === undefined ? '' : ` ${describeSite(execution.at)}`;
  return [
    `outcome: ${execution.outcome}${at}`,
    ...(execution.message === '' ? [] : [execution.message]),
    ...execution.stack.map((site) => `  in ${describeSite(site)}`),
  ];
}

function renderEvent(event: TraceEvent): string[] {
  switch (event.kind) {
    case 'statement':
      return [`${'  '.repeat(event.depth)}${describeSite(event.site)}`];
    case 'call': {
      const call = `${event.callee}(${event.args.join(', ')})`;
      return [`${'  '.repeat(event.depth)}${call}  ${describeSite(event.site)}`];
    }
    case 'choice':
      return [`choose ${event.choice.what}: ${event.choice.taken} of ${event.choice.n}`];
    case 'note':
      return [`note: ${event.text}`];
    case 'return':
      return [];
  }
}

function print(lines: readonly string[]): string {
  return `${lines.map(visible).join('\n')}\n`;
}
