import type { Finding, Step } from '../schema.ts';
import { drawGraph, LINES, lookOf, STATES, type Look } from './draw.ts';
import { layOut, type Layout } from './layout.ts';
import { markup, jsonBlock, Markup, NONE } from './markup.ts';
import { ledgerSection } from './tables.ts';
import { timelineOf, type Moment, type Row, type Timeline } from './timeline.ts';

const SIDES = ['before', 'after'] as const;
type Side = (typeof SIDES)[number];
const TITLES = { before: 'Base', after: 'With the patch' } as const;

/** @param prefix of the section's identifier, where other reviews are on the page */
export function findingSection(
  finding: Finding,
  index: number,
  of: number,
  prefix: string,
): Markup {
  const { anchor, outcome, scenario, message, others, replay } = finding;
  const id = `${prefix}finding-${index + 1}`;
  const place = `${anchor.path}:${anchor.line}${anchor.side === 'LEFT' ? ' (removed line)' : ''}`;
  return markup`<section class="finding" id="${id}" aria-labelledby="${id}-title">
    <p class="kicker">
      ${of === 1 ? 'Finding' : `Finding ${index + 1} of ${of}`} · <code>${place}</code>
    </p>
    <h2 id="${id}-title">
      <span class="badge ${outcome}">${outcome}</span> in <code>${scenario}</code>
    </h2>
    <p class="message">${inCode(message)}</p>
    ${
      others.length === 0
        ? NONE
        : markup`<details>
            <summary>
              ${others.length} other ${others.length === 1 ? 'scenario ends' : 'scenarios end'}
              alike
            </summary>
            <p class="names">${others.map((name) => markup`<code>${name}</code> `)}</p>
          </details>`
    }
    <p class="replay"><span class="label">Replay</span> <code>${replay}</code></p>
    ${suggestionOf(finding)} ${executions(finding, id)} ${ledgerSection(finding)}
  </section>`;
}

/** Text between backquotes as code, as the messages have it. */
function inCode(text: string): Markup[] {
  return text
    .split('`')
    .map((part, at) => (at % 2 === 1 ? markup`<code>${part}</code>` : markup`${part}`));
}

const LINE_END = new Markup('\n');

function suggestionOf({ suggestion }: Finding): Markup {
  if (suggestion === null) {
    return NONE;
  }
  const lines = suggestion.diff
    .replace(/\n$/u, '')
    .split('\n')
    .map((line) => {
      const kind = { '+': 'added', '-': 'removed', '@': 'hunk' }[line[0] ?? ''] ?? 'context';
      // A line end inside of the text would be shown as the control character that it is.
      return [markup`<span class="${kind}">${line}</span>`, LINE_END];
    });
  return markup`<h3>Suggestion</h3>
    <p>With this, replayed, no scenario ends worse than on the base.</p>
    <pre class="diff" tabindex="0" aria-label="Suggested change">${lines}</pre>`;
}

function executions({ steps }: Finding, id: string): Markup {
  const timeline = timelineOf(steps);
  const { rows, partsAt } = timeline;
  if (rows.length === 0) {
    return NONE;
  }
  const layout = layOut(rows);
  const hasGraph = layout.places.size > 0;
  return markup`<h3>Both executions</h3>
    <p class="hint">
      Only statements that touch the objects concerned.
      ${partsAt === undefined ? '' : markup`They part at step ${partsAt + 1}.`}
    </p>
    ${hasGraph ? player(layout, timeline) : NONE} ${hasGraph ? stills(layout, timeline) : NONE}
    ${stepTable(timeline, id)}`;
}

/** The looks of both sides in every row, for the script, and a graph of each with all that ever shows. */
function player(layout: Layout, { rows, partsAt }: Timeline): Markup {
  const looks = rows.map((row) => ({
    before: lookOf(layout, row.before),
    after: lookOf(layout, row.after),
  }));
  const start = partsAt ?? rows.length - 1;
  const data = {
    start,
    states: STATES,
    lines: LINES,
    rows: rows.map((row, at) => ({
      before: frame(row.before, looks[at]?.before),
      after: frame(row.after, looks[at]?.after),
    })),
  };
  const panels = SIDES.map((side) => {
    const look = looks[start]?.[side];
    return markup`<figure class="panel ${side}" data-side="${side}">
      <figcaption><span class="side">${TITLES[side]}</span><span class="what"></span></figcaption>
      <div class="source"><code class="text"></code><span class="place"></span></div>
      <div class="canvas" tabindex="0" aria-label="${TITLES[side]}: graph of the objects, scrolls">
        ${look === undefined ? NONE : drawGraph(layout, look, TITLES[side], true)}
      </div>
    </figure>`;
  });
  return markup`<div class="player" hidden role="group" aria-label="Both executions step by step">
    <div class="controls">
      <button type="button" data-go="first" aria-label="First step">${ICONS.first}</button>
      <button type="button" data-go="back" aria-label="Step back">${ICONS.back}</button>
      <button type="button" data-go="on" aria-label="Step forward">${ICONS.on}</button>
      <button type="button" data-go="last" aria-label="Last step">${ICONS.last}</button>
      <label class="slide"
        ><span class="count"></span
        ><input type="range" min="1" max="${rows.length}" value="${start + 1}" aria-label="Step"
      /></label>
      ${partsAt === undefined ? NONE : markup`<button type="button" class="wide" data-go="${partsAt}">Where they part</button>`}
    </div>
    <div class="panels">${panels}</div>
    <p class="live" aria-live="polite"></p>
    <p class="hint keys">
      <kbd>←</kbd> <kbd>→</kbd> step, <kbd>Home</kbd> <kbd>End</kbd> first and last. What changed is
      outlined.
    </p>
    ${LEGEND}
    <script type="application/json">
      ${jsonBlock(data)}
    </script>
  </div>`;
}

/** One side in one row, as the script takes it; the words of its step stand in the table of steps. */
function frame(moment: Moment, look: Look | undefined): object {
  const { step } = moment;
  return {
    ...(step === undefined ? { idle: idleWords(moment) } : {}),
    n:
      look?.nodes.map(({ state, note, isHot }) => [STATES.indexOf(state), note, Number(isHot)]) ??
      [],
    l: look?.lines.map(({ state, isHot }) => [LINES.indexOf(state), Number(isHot)]) ?? [],
    alt: look?.text ?? '',
  };
}

function icon(path: string): Markup {
  return markup`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`;
}

const ICONS = {
  first: icon('M3 3v10M13 3L6 8l7 5z'),
  back: icon('M11 3L4 8l7 5z'),
  on: icon('M5 3l7 5-7 5z'),
  last: icon('M13 3v10M3 3l7 5-7 5z'),
};

const LEGEND = markup`<details class="legend">
  <summary>How to read the graph</summary>
  <ul>
    <li>
      A box is an owner, with the regions that belong to it; <code>ref</code> is the number of
      references on an object.
    </li>
    <li>
      An arrow with a full line leads from a container to what is in it. It is dashed where only one
      of the two points to the other.
    </li>
    <li>
      A dotted arrow is a pointer with the name of its field; a red one leads to an object that is
      finalized or freed.
    </li>
    <li>
      Amber is an object whose last reference is gone, striped grey one that is finalized, red one
      that is freed.
    </li>
  </ul>
</details>`;

/** Where both sides part and end, for those who read without the script. */
function stills(layout: Layout, { rows, partsAt }: Timeline): Markup {
  const wanted = [
    { at: firstShown(rows, layout), title: 'The first objects' },
    ...(partsAt === undefined ? [] : [{ at: partsAt, title: 'Where they part' }]),
    { at: rows.length - 1, title: 'At the end' },
  ];
  const drawn = wanted.map(({ at, title }) => {
    const row = rows[at];
    const panels = SIDES.map((side) =>
      row === undefined ? NONE : still(layout, row, side, `${title}, step ${at + 1}`),
    );
    return markup`<h4>${title}: step ${at + 1}</h4>
      <div class="panels">${panels}</div>`;
  });
  return markup`<div class="stills">${drawn}</div>`;
}

function firstShown(rows: readonly Row[], layout: Layout): number {
  const at = rows.findIndex(({ after }) =>
    lookOf(layout, after).nodes.some(({ state }) => state !== 'none'),
  );
  return Math.max(0, at);
}

function still(layout: Layout, row: Row, side: Side, title: string): Markup {
  const moment = row[side];
  return markup`<figure class="panel ${side}">
    <figcaption>
      <span class="side">${TITLES[side]}</span
      ><span class="what">${moment.step?.what ?? idleWords(moment)}</span>
    </figcaption>
    <div class="canvas" tabindex="0" aria-label="${TITLES[side]}: graph of the objects, scrolls">
      ${drawGraph(layout, lookOf(layout, moment), `${TITLES[side]}, ${title}`)}
    </div>
  </figure>`;
}

function idleWords({ ended }: Moment): string {
  return ended === undefined ? 'does nothing here' : `has ended: ${ended}`;
}

function stepTable({ rows, partsAt }: Timeline, id: string): Markup {
  const lines = rows.map((row, at) => {
    const classes = [at === partsAt ? 'parts' : '', at === rows.length - 1 ? 'end' : ''];
    return markup`<tr class="${classes.filter(Boolean).join(' ')}" data-row="${at}">
      <th scope="row">
        <button
          type="button"
          class="jump"
          data-player="${id}"
          data-row="${at}"
          aria-label="Show step ${at + 1}"
        >
          ${at + 1}</button
        >${at === partsAt ? markup`<span class="mark">parts</span>` : NONE}
      </th>
      ${SIDES.map((side) => stepCell(row[side].step))}
    </tr>`;
  });
  return markup`<details class="steps" open>
    <summary>All ${rows.length} steps</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="All steps">
      <table>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Base</th>
            <th scope="col">With the patch</th>
          </tr>
        </thead>
        <tbody>
          ${lines}
        </tbody>
      </table>
    </div>
  </details>`;
}

function stepCell(step: Step | undefined): Markup {
  if (step === undefined) {
    return markup`<td class="empty"></td>`;
  }
  const { what, text, place } = step;
  return markup`<td>
    <span class="what">${what}</span
    >${text === '' ? NONE : markup`<code class="text">${text}</code>`}${place === null ? NONE : markup`<span class="place">${place}</span>`}
  </td>`;
}
