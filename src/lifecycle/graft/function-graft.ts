import { type Edit, editFunction } from './edit.ts';
import { emitFunction, emitTokens } from './emit.ts';
import type { Item } from './items.ts';
import type { ModelFile } from './model-file.ts';
import { type FileLevelNames, renamedUnit } from './names.ts';
import { HAS_ALREADY, type OutcomeRecord } from './outcome.ts';
import { parameterNames, parameterPairs, parameterRenames } from './parameters.ts';
import { modelUnits, show } from './shown.ts';
import { spell } from './text.ts';

/** What a patch shows of one function, a pair for each hunk. */
export interface FunctionChange {
  /** As the model calls it, where it has the function. */
  readonly name: string;
  readonly pairs: { before: Item; after: Item; hunk: number }[];
}

type Pairs = FunctionChange['pairs'];

/** Make the change in the first of the model's files that has the function. */
export function graftFunction(
  { name, pairs }: FunctionChange,
  files: readonly ModelFile[],
  names: FileLevelNames,
  outcome: OutcomeRecord,
): void {
  const file = files.find((each) => each.functionFor(name));
  const model = file?.functionFor(name);
  if (file === undefined || model === undefined) {
    const isTouched = pairs.some(
      ({ before, after }) => spell(before.tokens) !== spell(after.tokens),
    );
    refuse(isTouched ? pairs : [], `the model has no function ${name}`, outcome);
    return;
  }
  const newName = pairs.find(
    ({ before, after }) => after.head.length > 0 && after.name !== before.name,
  )?.after.name;
  if (newName !== undefined && file.find('function', newName) !== undefined) {
    refuse(pairs, `${HAS_ALREADY} function ${newName}`, outcome);
    return;
  }
  const edit = editOf(pairs, model, names);
  const whole = wholeBody(pairs, edit);
  if (whole !== undefined) {
    file.replace(model, emitTokens(whole.tokens));
    outcome.functions.add(whole.name);
    outcome.map(pairs[0]?.before.tokens ?? [], model.tokens[0]);
    outcome.mapStatements(whole);
    return;
  }
  for (const { side, tokens, reason } of edit.failures) {
    outcome.trouble(side, tokens, reason);
  }
  for (const { tokens, at, model: there } of edit.mapped) {
    outcome.map(tokens, edit.units === undefined ? (there ?? at) : at);
  }
  const reheaded = headChange(pairs);
  if (reheaded !== undefined) {
    const { before, after } = reheaded;
    const renames = parameterRenames(before.head, after.head, model.head);
    outcome.map(before.head, model.tokens[0]);
    const body = (edit.units ?? modelUnits(model)).map((unit) => renamedUnit(unit, renames));
    file.replace(model, emitFunction(after.head, body));
    outcome.functions.add(after.name);
  } else if (edit.units !== undefined) {
    file.replace(model, emitFunction(model.head, edit.units));
    outcome.functions.add(model.name);
  }
}

function refuse(pairs: Pairs, reason: string, outcome: OutcomeRecord): void {
  for (const { before, after } of pairs) {
    outcome.trouble('old', before.tokens, reason);
    outcome.trouble('new', after.tokens, reason);
  }
}

function editOf(pairs: Pairs, model: Item, names: FileLevelNames): Edit {
  const pre = show(pairs.map(({ before, hunk }) => ({ item: before, hunk })));
  const post = show(pairs.map(({ after, hunk }) => ({ item: after, hunk })));
  const heads = [model.head, ...pairs.flatMap(({ before, after }) => [before.head, after.head])];
  const renamed = new Map(
    pairs.flatMap(({ before }) => [...parameterPairs(before.head, model.head)]),
  );
  const parameters = new Set(
    heads.flatMap((head) => parameterNames(head)).filter((name) => !renamed.has(name)),
  );
  return editFunction(pre, post, modelUnits(model), {
    isGlobal: (name) => names.globals.has(name),
    isField: (name) => names.fields.has(name),
    isFunction: (name) => names.functions.has(name),
    parameters,
    renamed,
  });
}

/** The post-image's function, when the hunk shows all of it and little of it stayed or could be mapped. */
function wholeBody(pairs: Pairs, edit: Edit): Item | undefined {
  const [only, more] = pairs;
  const complete =
    more === undefined &&
    only !== undefined &&
    [only.before, only.after].every((item) => item.opened && item.closed && item.head.length > 0);
  if (!complete || spell(only.before.tokens) === spell(only.after.tokens)) {
    return undefined;
  }
  const rewritten = edit.kept <= 2;
  return rewritten || edit.failures.length > 0 ? only.after : undefined;
}

/** The first hunk that shows the function's head, when that changes. */
function headChange(pairs: Pairs): Pairs[number] | undefined {
  const headed = pairs.find(({ before, after }) => before.head.length > 0 && after.head.length > 0);
  return headed !== undefined && spell(headed.before.head) !== spell(headed.after.head)
    ? headed
    : undefined;
}
