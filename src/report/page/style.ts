/**
 * The page's style sheet: three sizes of type, a rhythm of 8 px, no decoration that isn't data. Colours are the
 * themes'.
 */
import { type Colours, themes } from '../drawing/colours.js';

/** The whole style sheet; system colours by preference, `data-theme` on the root by the switch. */
export function pageStyle(): string {
  return `${variables(':root', themes.light)}
@media (prefers-color-scheme: dark) { ${variables(':root:not([data-theme="light"])', themes.dark)} }
${variables(':root[data-theme="dark"]', themes.dark)}
${rules}`;
}

function variables(selector: string, colours: Colours): string {
  const isDark = colours === themes.dark;
  const named = [
    ['ground', colours.ground],
    ['ink', colours.ink],
    ['muted', colours.muted],
    ['grid', colours.grid],
    ['soft', colours.warmUp],
    ['load', colours.load],
    ['error', colours.error],
    ['good', isDark ? '#56d364' : '#116329'],
    ...colours.strokes.map((colour, index) => [`platform-${index}`, colour]),
  ];
  const words = named.map(([name, colour]) => `--${name}: ${colour};`).join(' ');
  return `${selector} { color-scheme: ${isDark ? 'dark' : 'light'}; ${words} }`;
}

const rules = `
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 1120px; padding: 16px 24px 64px;
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
header { display: flex; gap: 16px; align-items: baseline; justify-content: space-between;
  border-bottom: 1px solid var(--grid); padding-bottom: 8px; margin-bottom: 24px; }
header p { margin: 0; }
h1 { font-size: 14px; font-weight: 600; margin: 0; }
h2 { font-size: 18px; line-height: 1.35; font-weight: 600; margin: 0 0 8px; }
h3 { font-size: 14px; font-weight: 600; margin: 16px 0 4px; }
section { margin: 48px 0 0; scroll-margin-top: 16px; }
p { margin: 0 0 8px; max-width: 78ch; }
a { color: inherit; }
bdi { unicode-bidi: isolate; }
bdi.long { overflow-wrap: anywhere; }
.verdict { font-size: 28px; line-height: 1.3; font-weight: 600; margin: 0 0 16px; max-width: 32em;
  letter-spacing: -0.01em; }
.muted, caption, figcaption .reading { color: var(--muted); }
.finding { font-weight: 500; }
.bad { color: var(--error); }
.good { color: var(--good); }
select { max-width: 100%; }
button, select { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--grid);
  border-radius: 4px; padding: 3px 10px; min-height: 28px; cursor: pointer; }
button:hover, select:hover { border-color: var(--muted); }
:focus-visible { outline: 2px solid var(--platform-0); outline-offset: 2px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(248px, 1fr)); gap: 16px; margin: 24px 0 0;
  padding: 0; list-style: none; }
.card { border: 1px solid var(--grid); border-radius: 4px; padding: 16px; display: flex; flex-direction: column;
  gap: 8px; }
.card h3 { margin: 0; display: flex; gap: 8px; align-items: center; }
.card h3 bdi { overflow: hidden; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; }
.card .price { font-size: 28px; line-height: 1.15; font-weight: 600; letter-spacing: -0.01em; }
.card .price small { font-size: 14px; font-weight: 400; color: var(--muted); letter-spacing: 0; }
.card dl { display: grid; grid-template-columns: auto 1fr; gap: 0 16px; margin: 0; }
.card dt { color: var(--muted); }
.card dd { margin: 0; text-align: right; }
.card .outcome { margin: auto 0 0; padding-top: 8px; border-top: 1px solid var(--grid); }
.explained dt { font-weight: 600; }
.explained { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 8px 0; max-width: 90ch; }
.explained dd { margin: 0; }
.badge { display: inline-block; border: 1px solid var(--muted); border-radius: 4px; padding: 0 6px;
  white-space: nowrap; font-weight: 500; }
.badge s { color: var(--muted); font-weight: 400; }
.swatch { flex: none; }
figure { margin: 0; }
figcaption p { max-width: 78ch; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 8px; margin: 8px 0; padding: 0; list-style: none; }
.legend button { display: flex; gap: 8px; align-items: center; border-color: transparent; padding: 2px 6px; }
.legend button[aria-pressed="false"] { opacity: .45; text-decoration: line-through; }
.panel { position: relative; border-radius: 2px; }
.panel h3 { display: flex; gap: 8px; align-items: center; margin: 8px 0 0; justify-content: space-between; }
.panel h3 span { display: flex; gap: 8px; align-items: center; }
.panel h3 output { font-weight: 400; color: var(--muted); }
.plot { position: relative; width: 100%; touch-action: pan-y; user-select: none; cursor: crosshair; }
.band { position: absolute; background: var(--platform-0); opacity: .16; pointer-events: none; }
.mark { position: absolute; width: 24px; height: 24px; border-radius: 50%; cursor: pointer; }
.mark:hover { outline: 2px solid var(--muted); outline-offset: -4px; }
tr.found > * { background: var(--soft); }
tr.found { outline: 2px solid var(--platform-0); outline-offset: -2px; }
.cursor { position: absolute; width: 1px; background: var(--ink); opacity: .6; pointer-events: none; }
.tools { display: flex; flex-wrap: wrap; gap: 8px 24px; margin: 8px 0; }
.group { display: flex; gap: 4px; }
.tools label { max-width: 100%; }
.group button[data-view] { min-width: 32px; padding: 3px 8px; }
.kind { width: 26px; height: 12px; }
.kind-load { background: var(--load); }
.kind-own { border-bottom: 2px solid var(--muted); height: 7px; }
.kind-quiet { border-bottom: 1.25px solid var(--ink); height: 7px; }
.kind-error { background: var(--error); opacity: .75; }
.kind-error-rejected { background: var(--error); opacity: .45; }
.kind-error-timed-out { background: var(--error); opacity: .25; }
.empty { border-left: 3px solid var(--grid); padding: 8px 16px; color: var(--muted); }
details { margin: 8px 0; }
summary { cursor: pointer; width: max-content; max-width: 100%; }
.scroll { position: relative; overflow-x: auto; margin: 8px 0; }
.tall { max-height: 480px; overflow-y: auto; }
td.short, th.short { white-space: nowrap; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: 0 0 4px; }
th, td { text-align: left; vertical-align: top; padding: 4px 16px 4px 0; border-bottom: 1px solid var(--grid);
  overflow-wrap: normal; }
th { font-weight: 600; }
thead th { position: sticky; top: 0; background: var(--ground); }
tbody th { font-weight: 500; min-width: 10em; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.wide { overflow-wrap: anywhere; }
tfoot td, tfoot th { border-top: 2px solid var(--muted); font-weight: 600; }
tr.part td, tr.part th { color: var(--muted); }
code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--soft);
  padding: 1px 4px; border-radius: 2px; }
pre { background: var(--soft); padding: 12px 16px; overflow-x: auto; border-radius: 4px; }
pre code { padding: 0; background: none; }
.graph { overflow-x: auto; }
.narrow { display: none; }
.graph svg { display: block; max-width: none; font: inherit; }
.graph text { fill: var(--ink); }
.graph .quiet { fill: var(--muted); }
.graph .box { fill: var(--ground); stroke: var(--muted); }
.graph .fill { fill: var(--own); opacity: .38; }
.graph .label { fill: var(--muted); font-size: 12px; stroke: var(--ground); stroke-width: 3px; paint-order: stroke; }
.graph .busiest { fill: none; stroke: var(--error); stroke-width: 2.5; }
.graph .edge { fill: none; stroke: var(--muted); opacity: .75; }
.graph .send { stroke-dasharray: 5 4; }
.graph .head { fill: var(--muted); }
.lists { columns: 2; gap: 32px; }
.lists li { break-inside: avoid; }
.plain { list-style: none; padding: 0; }
.stories { padding-left: 20px; }
.stories > li { margin: 0 0 16px; }
.stories h3 { margin: 0 0 4px; }
.stories ul { margin: 0; padding-left: 20px; }
.visit { margin: 0 0 24px; }
.waterfall { border-top: 1px solid var(--grid); }
.span { display: grid; grid-template-columns: minmax(180px, 26%) 1fr; gap: 8px; align-items: center;
  border-bottom: 1px solid var(--grid); min-height: 24px; }
.span .name { overflow: hidden; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; }
.span small { font-size: inherit; color: var(--muted); }
.track { position: relative; height: 14px; }
.track i, .key { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.track i { position: absolute; top: 0; height: 14px; min-width: 1px; }
.parts li { display: flex; gap: 8px; align-items: center; margin-right: 8px; }
.key { width: 26px; height: 12px; }
.part-hop { background: linear-gradient(var(--muted), var(--muted)) center / 100% 2px no-repeat; }
.part-queue { background: repeating-linear-gradient(90deg, var(--ink) 0 1.5px, transparent 1.5px 5px); }
.part-cold { background: repeating-linear-gradient(135deg, var(--own) 0 3px, transparent 3px 6px); }
.part-work { background: var(--own); }
.part-others { border: 1px solid var(--muted); }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 16px; top: 8px; background: var(--ground); padding: 8px; z-index: 1; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 640px) {
  .narrow { display: inline; }
  body { padding: 16px 16px 48px; }
  .verdict { font-size: 22px; }
  .cards { grid-template-columns: 1fr; }
  .lists { columns: 1; }
  section { margin-top: 40px; }
  .panel h3 { flex-wrap: wrap; }
  #levels td, #levels th { min-width: 9em; }
  .span { grid-template-columns: 1fr; gap: 0; padding: 4px 0; }
}
/* Charts are drawn before the paper's width is known: on what is left of A4 between its margins. */
@page { margin: 14mm; }
:root[data-paper] body { max-width: 688px; padding: 0; }
@media print {
  body, :root[data-paper] body { max-width: none; padding: 0; }
  table { font-size: 11px; }
  th, td, td.number { padding-right: 8px; white-space: normal; }
  tbody th { min-width: 0; }
  thead th { position: static; }
  tfoot { display: table-row-group; }
  .tools, .theme, .skip, .cursor, details[data-table]:not([open]) { display: none; }
  section { margin-top: 32px; }
  .card, .panel, .stories > li, .visit, tr { break-inside: avoid; }
  h2, h3, figcaption, .legend, caption { break-after: avoid; }
  .graph svg { max-width: 100%; height: auto; }
  .tall { max-height: none; }
  .scroll { overflow: visible; }
}
`;
