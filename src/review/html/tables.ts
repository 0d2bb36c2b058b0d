import type { Finding, Review, ScenarioRow } from '../schema.ts';
import { markup, type Markup, NONE } from './markup.ts';

/** Classes in the order in which a reader looks for them. */
const CLASSES = [
  'introduced',
  'unknown',
  'transient',
  'fixed',
  'exposed',
  'changed',
  'preexisting',
  'clean',
] as const;
/** Names that stand in a row before the others are folded away. */
const NAMES = 4;

export function scenarioSection(review: Review, prefix: string): Markup {
  if (review.scenarios.length === 0) {
    return NONE;
  }
  const groups = groupsOf(review.scenarios);
  const chips = CLASSES.flatMap((name) => {
    const quiet = name === 'clean' || name === 'preexisting' ? review.quiet[name] : 0;
    const count = quiet + review.scenarios.filter((row) => row.class === name).length;
    return count === 0 ? [] : [markup`<li class="chip ${name}"><b>${count}</b> ${name}</li>`];
  });
  const moved = groups.filter((group) => !isQuiet(group));
  const still = groups.filter(isQuiet);
  return markup`<section class="scenarios" aria-labelledby="${prefix}scenarios-title">
    <h2 id="${prefix}scenarios-title">Scenarios, before and after</h2>
    <ul class="chips">
      ${chips}
    </ul>
    ${moved.length === 0 ? NONE : table(moved)}
    ${
      still.length === 0
        ? NONE
        : markup`<details>
            <summary>Those that end as before</summary>
            ${table(still)}
          </details>`
    }
  </section>`;
}

function isQuiet([row]: readonly ScenarioRow[]): boolean {
  return row?.class === 'clean' || row?.class === 'preexisting';
}

/** Scenarios that moved alike. */
function groupsOf(rows: readonly ScenarioRow[]): ScenarioRow[][] {
  const groups = new Map<string, ScenarioRow[]>();
  for (const name of CLASSES) {
    for (const row of rows.filter((each) => each.class === name)) {
      const { worse, better } = row.patches;
      const key = [name, row.contract, row.before.outcome, row.after.outcome, worse, better].join();
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
  }
  return [...groups.values()];
}

function table(groups: readonly ScenarioRow[][]): Markup {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Scenarios">
    <table class="groups">
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
          <th scope="col" class="number">Count</th>
          <th scope="col">Scenarios</th>
        </tr>
      </thead>
      <tbody>
        ${groups.map(groupRow)}
      </tbody>
    </table>
  </div>`;
}

function groupRow(group: readonly ScenarioRow[]): Markup {
  const [row] = group;
  if (row === undefined) {
    return NONE;
  }
  const names = namesOf(group);
  const contract =
    row.contract === 'required' ? NONE : markup` <span class="contract">${row.contract}</span>`;
  const rest = names.slice(NAMES);
  return markup`<tr>
    <th scope="row">
      <span class="badge ${row.class}">${row.class}</span>${contract}${patchesOf(row)}
    </th>
    <td class="outcome ${row.before.outcome}">${row.before.outcome}</td>
    <td class="outcome ${row.after.outcome}">${row.after.outcome}</td>
    <td class="number">${group.length}</td>
    <td class="names">
      ${names.slice(0, NAMES)}${
        rest.length === 0
          ? NONE
          : markup`<details>
              <summary>and ${rest.length} more</summary>
              ${rest}
            </details>`
      }
    </td>
  </tr>`;
}

/** Those in folders say more; the cases of a scenario are one name, behind them. */
function namesOf(group: readonly ScenarioRow[]): Markup[] {
  const own = group
    .filter(({ id }) => !id.includes(':'))
    .toSorted((a, b) => Number(b.id.includes('/')) - Number(a.id.includes('/')));
  const cases = new Map<string, number>();
  for (const { id } of group.filter((row) => row.id.includes(':'))) {
    const [name = id] = id.split(':');
    cases.set(name, (cases.get(name) ?? 0) + 1);
  }
  const counted = [...cases].map(
    ([name, count]) => markup`<code>${name}</code> (${count} ${count === 1 ? 'case' : 'cases'}) `,
  );
  return [...own.map(nameOf), ...counted];
}

function nameOf({ id, after }: ScenarioRow): Markup {
  return markup`<code title="${after.at === null ? after.outcome : `${after.outcome} at ${after.at}`}"
    >${id}</code
  > `;
}

function patchesOf({ patches: { worse, better } }: ScenarioRow): Markup {
  const texts = [
    ...(worse === null || worse === 1 ? [] : [`broken by patch ${worse}`]),
    ...(better === null || better === 1 ? [] : [`mended by patch ${better}`]),
  ];
  return texts.length === 0 ? NONE : markup` <span class="contract">${texts.join(', ')}</span>`;
}

/** References on the objects of a finding, both sides. */
export function ledgerSection({ ledger }: Finding): Markup {
  const { before, after, partsAt } = ledger;
  const length = Math.max(before.length, after.length);
  if (length === 0) {
    return NONE;
  }
  const rows = Array.from({ length }, (_, at) => {
    const parts = at === partsAt;
    return markup`<tr class="${parts ? 'parts' : ''}">
      <th scope="row">${at + 1}${parts ? markup` <span class="mark">parts</span>` : NONE}</th>
      ${entryCell(before[at])}${entryCell(after[at])}
    </tr>`;
  });
  return markup`<details class="ledger">
    <summary>Ledger: every reference taken and dropped</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Ledger">
      <table>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">Base</th>
            <th scope="col">With the patch</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </details>`;
}

function entryCell(entry: Finding['ledger']['after'][number] | undefined): Markup {
  if (entry === undefined) {
    return markup`<td class="empty"></td>`;
  }
  const { kind, object, holder, at, matched } = entry;
  const sign = kind === 'take' ? '+1' : '−1';
  return markup`<td>
    <span class="sign ${kind}">${sign}</span> <b>${object}</b> for
    ${holder}${matched ? NONE : markup` <span class="mark">no partner</span>`}<span class="place"
      >${at}</span
    >
  </td>`;
}

/** Remarks on added prose, each below the line that it is about. */
export function wordingSection({ wording, input }: Review, prefix: string): Markup {
  if (wording.length === 0) {
    return NONE;
  }
  const items = wording.map(({ patch, where, line, text, remark }) => {
    const place = where === 'message' && line === 0 ? 'subject' : `${where}:${line}`;
    const whose = input.patches.length > 1 ? `patch ${patch}, ` : '';
    return markup`<li><span class="place">${whose}${place}</span><code class="text">${text.trim()}</code><p>${remark}</p></li>`;
  });
  return markup`<section class="wording" aria-labelledby="${prefix}wording-title">
    <h2 id="${prefix}wording-title">Wording</h2>
    <ul>${items}</ul>
  </section>`;
}

export function uncheckedSection({ coverage, verdict }: Review, prefix: string): Markup {
  const { changedLines, executedLines, notMapped, notModelled } = coverage;
  if (verdict === 'not-applicable') {
    return NONE;
  }
  const missing =
    notMapped.length === 0
      ? NONE
      : markup`<table>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Text</th>
              <th scope="col">Why it was left out</th>
            </tr>
          </thead>
          <tbody>
            ${notMapped.map(
              ({ path, line, text, reason }) =>
                markup`<tr>
                  <th scope="row"><code>${path}:${line}</code></th>
                  <td><code>${text.trim()}</code></td>
                  <td>${reason}</td>
                </tr>`,
            )}
          </tbody>
        </table>`;
  const stubs =
    notModelled.length === 0
      ? NONE
      : markup`<p>
          Not modelled:
          ${notModelled.map((name, at) => markup`${at > 0 ? ', ' : ''}<code>${name}</code>`)}
        </p>`;
  return markup`<section class="unchecked" aria-labelledby="${prefix}unchecked-title">
    <h2 id="${prefix}unchecked-title">What was checked</h2>
    <p>${executedLines} of ${changedLines} changed lines were executed.</p>
    <div class="scroll">${missing}</div>
    ${stubs}
  </section>`;
}
