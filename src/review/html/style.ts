const LIGHT = `
  color-scheme: light;
  --page: #f7f7f5; --card: #ffffff; --ink: #1d2126; --soft: #59616b; --rule: #dcdfe3; --code: #f0f1f3;
  --accent: #0b5cad; --accent-soft: #e3effb; --hot: #0b6bcb;
  --bad: #b3261e; --bad-soft: #fbe9e7; --good: #1a6b3c; --good-soft: #e2f3e8;
  --warn: #8a5a00; --warn-soft: #fdf1d8; --gone: #8b929b; --gone-soft: #eceef0;
  --owner: #eef3f8; --owner-rule: #b6c5d6; --region: #ffffff; --region-rule: #5c6b7c;
  --space: #efeafa; --space-rule: #7d66b8; --view: #e6f4f1; --view-rule: #3c8677;`;

const DARK = `
  color-scheme: dark;
  --page: #14171b; --card: #1b1f25; --ink: #e6e8eb; --soft: #9fa8b3; --rule: #323841; --code: #262b32;
  --accent: #7db7f5; --accent-soft: #1b3350; --hot: #6db3ff;
  --bad: #ff8a80; --bad-soft: #43201e; --good: #77d29b; --good-soft: #17382a;
  --warn: #f3c063; --warn-soft: #40310f; --gone: #7c858f; --gone-soft: #262b31;
  --owner: #1f2730; --owner-rule: #47566a; --region: #29313b; --region-rule: #8898ab;
  --space: #2c2740; --space-rule: #a995e0; --view: #1b332f; --view-rule: #6cbcab;`;

/** The look of the page: two themes, of which the reader's own is taken unless the button says otherwise. */
export const STYLE = `
:root {${LIGHT} }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {${DARK} } }
:root[data-theme="dark"] {${DARK} }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, "Segoe UI", "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
header, main, footer { max-width: 1220px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 18px; padding-bottom: 4px; }
footer { color: var(--soft); font-size: 13px; padding-bottom: 32px; }
code, kbd, pre { font-family: ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .88em; }
code { overflow-wrap: anywhere; }
kbd { border: 1px solid var(--rule); border-bottom-width: 2px; border-radius: 4px; padding: 0 5px; background: var(--card); }
h1 { font-size: 25px; line-height: 1.25; margin: 10px 0 12px; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 19px; line-height: 1.35; margin: 2px 0 12px; overflow-wrap: anywhere; }
h3 { font-size: 15px; margin: 26px 0 4px; }
h4 { font-size: 14px; margin: 18px 0 8px; color: var(--soft); font-weight: 600; }
p { margin: 0 0 10px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 12px; top: 8px; background: var(--card); padding: 6px 12px; border-radius: 6px; z-index: 2; }
:focus-visible { outline: 2px solid var(--hot); outline-offset: 2px; }
.bar { display: flex; justify-content: space-between; align-items: center; }
.tool { margin: 0; font-weight: 600; color: var(--soft); letter-spacing: .01em; }
.verdict { font-size: 16px; }
.facts, .hint, .kicker { color: var(--soft); font-size: 13.5px; }
.kicker { margin: 0 0 4px; }
.remarks { color: var(--soft); font-size: 14px; padding-left: 20px; }
section { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: 20px 22px; margin: 0 0 20px; }
.badge { display: inline-block; border-radius: 5px; padding: 1px 8px; font-size: .86em; font-weight: 600; background: var(--gone-soft); color: var(--soft); white-space: nowrap; }
.badge.regression, .badge.introduced, .finding h2 .badge { background: var(--bad-soft); color: var(--bad); }
.badge.improvement, .badge.fixed, .badge.clean { background: var(--good-soft); color: var(--good); }
.badge.inconclusive, .badge.unknown, .badge.transient, .badge.exposed, .badge.changed { background: var(--warn-soft); color: var(--warn); }
.message { max-width: 82ch; overflow-wrap: anywhere; }
.replay { background: var(--code); border-radius: 8px; padding: 8px 12px; }
.label { color: var(--soft); font-size: 12px; font-weight: 600; margin-right: 6px; }
.chips { list-style: none; display: flex; flex-wrap: wrap; gap: 6px 18px; padding: 0; margin: 0 0 14px; font-size: 14px; color: var(--soft); }
.chip b { color: var(--ink); font-size: 17px; font-variant-numeric: tabular-nums; }
.chip.introduced b { color: var(--bad); } .chip.fixed b { color: var(--good); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; vertical-align: top; padding: 7px 10px; border-top: 1px solid var(--rule); font-weight: 400; }
thead th { border-top: 0; color: var(--soft); font-size: 12.5px; font-weight: 600; padding-top: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; padding-right: 18px; }
.outcome, .groups th { white-space: nowrap; }
.groups .names { width: 60%; min-width: 210px; }
.outcome.clean { color: var(--good); } .outcome { color: var(--ink); }
td.outcome:not(.clean):not(.leak):not(.assertion) { color: var(--bad); }
.contract { color: var(--soft); font-size: 12.5px; }
.names code { margin-right: 6px; color: var(--soft); }
summary { cursor: pointer; color: var(--accent); width: fit-content; }
details { margin: 4px 0; }
details > summary { font-size: 14px; }
.place { display: block; color: var(--soft); font-size: 12.5px; overflow-wrap: anywhere; }
.text { display: block; white-space: pre-wrap; color: var(--ink); }
.steps .text { color: var(--soft); font-size: 12.5px; }
.steps .what, .ledger b { font-weight: 600; }
.steps, .ledger { margin-top: 18px; }
.steps table, .ledger table { margin-top: 8px; table-layout: fixed; min-width: 560px; }
.steps th:first-child, .ledger th:first-child { width: 72px; }
.steps td, .ledger td { overflow-wrap: anywhere; }
td.empty { background: repeating-linear-gradient(135deg, transparent 0 7px, var(--gone-soft) 7px 8px); }
tr.parts > * { border-top: 2px solid var(--bad); }
tr.now > * { background-color: var(--accent-soft); }
tr.now > th { box-shadow: inset 3px 0 0 var(--hot); }
.mark { display: inline-block; color: var(--bad); font-size: 12px; font-weight: 600; }
th .mark { display: block; }
.sign { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-weight: 700; }
.sign.take { color: var(--accent); } .sign.drop { color: var(--warn); }
button { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--rule); border-radius: 7px; padding: 4px 11px; cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--hot); }
button:disabled { opacity: .4; cursor: default; }
.icon { display: block; margin: 0 auto; fill: currentColor; stroke: currentColor; stroke-width: 1.6; stroke-linejoin: round; stroke-linecap: round; }
.theme { font-size: 13px; }
.jump { min-width: 34px; padding: 0 6px; font-variant-numeric: tabular-nums; font-size: 13px; }
:root:not(.js) .jump { border: 0; background: none; pointer-events: none; }
.controls { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; margin: 10px 0; }
.controls button { min-width: 40px; min-height: 34px; }
.slide { display: flex; align-items: center; gap: 12px; margin: 0 8px; flex: 1 1 220px; }
.slide input { flex: 1; min-width: 90px; accent-color: var(--hot); }
.count { font-variant-numeric: tabular-nums; font-weight: 600; white-space: nowrap; min-width: 104px; }
.panels { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 14px; }
.panel { margin: 0; border: 1px solid var(--rule); border-radius: 10px; overflow: hidden; display: flex; flex-direction: column; }
.panel figcaption { padding: 9px 14px 2px; }
.side { display: block; color: var(--soft); font-size: 12.5px; font-weight: 600; }
.panel .what { display: block; font-weight: 600; overflow-wrap: anywhere; min-height: 1.55em; }
.panel .source { padding: 2px 14px 9px; min-height: 58px; border-bottom: 1px solid var(--rule); }
.panel.idle .what { color: var(--soft); font-weight: 400; }
.stills .panel figcaption { border-bottom: 1px solid var(--rule); padding-bottom: 9px; }
.canvas { overflow: auto; padding: 10px; flex: 1; }
.live { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.keys { margin-top: 10px; }
.legend { font-size: 13.5px; color: var(--soft); }
:root.js .stills { display: none; }
.diff { background: var(--code); border-radius: 8px; padding: 10px 14px; overflow-x: auto; line-height: 1.45; }
.diff .added { color: var(--good); } .diff .removed { color: var(--bad); } .diff .hunk { color: var(--soft); }
.graph { display: block; overflow: visible; max-width: 100%; height: auto; margin: 0 auto; font: 13px system-ui, "Segoe UI", "Noto Sans", Arial, sans-serif; }
.wording ul { list-style: none; padding: 0; margin: 0; }
.wording li { border-top: 1px solid var(--rule); padding: 9px 0; }
.wording li p { margin: 2px 0 0; font-weight: 600; }
.markers { position: absolute; }
.graph rect { stroke-width: 1.3; fill: var(--region); stroke: var(--region-rule); }
.graph .name { font-weight: 600; fill: var(--ink); }
.graph .note { fill: var(--soft); font-size: 12px; font-variant-numeric: tabular-nums; }
.graph .box rect { fill: var(--owner); stroke: var(--owner-rule); }
.graph .kind-space rect { fill: var(--space); stroke: var(--space-rule); }
.graph .kind-view rect { fill: var(--view); stroke: var(--view-rule); }
.graph [data-s="none"] { display: none; }
.graph [data-s="dying"] rect { fill: var(--warn-soft); stroke: var(--warn); }
.graph [data-s="dying"] > .note { fill: var(--warn); font-weight: 600; }
.graph [data-s="finalized"] rect { fill: var(--gone-soft); stroke: var(--gone); stroke-dasharray: 5 4; }
.graph [data-s="finalized"] text { fill: var(--gone); }
.graph [data-s="freed"] rect { fill: none; stroke: var(--bad); stroke-dasharray: 2 4; }
.graph [data-s="freed"] text { fill: var(--bad); opacity: .8; }
.graph [data-s="freed"] .name, .graph [data-s="finalized"] .name { text-decoration: line-through; font-weight: 400; }
.graph .node.hot rect { stroke: var(--hot); stroke-width: 2.6; }
.graph .line path { fill: none; stroke: var(--region-rule); stroke-width: 1.5; }
.graph .line .field { fill: var(--soft); font-size: 11px; stroke: var(--card); stroke-width: 4px; paint-order: stroke; }
.graph .tie path { marker-end: url(#head-tie); }
.graph .pointer path { stroke-dasharray: 2 3; marker-end: url(#head-pointer); }
.graph .line.hot path { stroke: var(--hot); stroke-width: 2.2; marker-end: url(#head-hot); }
.graph .line.hot .field { fill: var(--hot); }
.graph [data-s="up"] path { stroke-dasharray: 6 4; marker-end: none; marker-start: url(#head-tie); }
.graph [data-s="up"].hot path { marker-end: none; marker-start: url(#head-hot); }
.graph [data-s="down"] path { stroke-dasharray: 6 4; }
.graph [data-s="dangling"] path { stroke: var(--bad); marker-end: url(#head-bad); }
.graph [data-s="dangling"] .field { fill: var(--bad); }
.head { fill: var(--region-rule); } .head.hot { fill: var(--hot); } .head.bad { fill: var(--bad); }
@media (max-width: 720px) {
  header, main, footer { padding-left: 12px; padding-right: 12px; }
  section { padding: 16px 14px; border-radius: 10px; }
  h1 { font-size: 21px; } h2 { font-size: 17px; }
  .panels { grid-template-columns: minmax(0, 1fr); }
  .graph { max-width: none; }
  .groups thead { position: absolute; clip-path: inset(50%); }
  .groups tr { display: flex; flex-wrap: wrap; gap: 0 12px; padding: 9px 0; border-top: 1px solid var(--rule); }
  .groups th, .groups td { border: 0; padding: 1px 0; }
  .groups th { flex-basis: 100%; }
  .groups td:nth-child(3)::before { content: "→ "; color: var(--soft); }
  .groups .number { flex: 1; padding: 1px 0; font-weight: 600; }
  .groups .names { flex-basis: 100%; }
  .slide { flex-basis: 100%; order: 3; margin: 4px 0; }
  .controls button { min-height: 40px; }
  .panel .source { min-height: 0; }
}
@media (prefers-reduced-motion: no-preference) { .graph rect, .graph path { transition: stroke .15s, fill .15s; } }
@media print { .player, .theme { display: none; } :root.js .stills { display: block; } section { break-inside: auto; } }
`;

/** Beside that, where a page has several reviews. */
export const STYLE_OF_MANY = `
nav p { margin: 12px 0 4px; font-weight: 600; }
nav ol { margin: 0 0 12px; padding-left: 28px; overflow-wrap: anywhere; }
nav li { padding: 3px 0; }
nav a { color: var(--accent); }
article { border-top: 1px solid var(--rule); margin-top: 24px; }
article > header { padding-left: 0; padding-right: 0; }
`;
