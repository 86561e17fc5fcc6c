/**
 * The page's script: from what happened on a time axis to the event log, where the page tells more of it. Its own file
 * because it joins two sections of the page. Closed functions; see `contract.ts`.
 */
import type { DrawnPanel, Stage } from './contract.js';

/** A place to press at every mark that the event log tells more of; those without a word of their own too. */
export function placeMarks(stage: Stage, drawn: DrawnPanel): void {
  const { element, shown, chart } = drawn;
  const plot = element.querySelector('.plot');
  if (plot === null) return;
  for (const old of plot.querySelectorAll('.mark')) old.remove();
  if (chart === null) return;
  let lastPx = Number.NEGATIVE_INFINITY;
  for (const { at, anchor, label } of shown.marks) {
    if (anchor === undefined || at < shown.x.min || at > shown.x.max) continue;
    const leftPx = chart.scales['x']?.getPixelForValue(at) ?? 0;
    // What follows at once stands beside it in the log.
    if (leftPx - lastPx < 8) continue;
    lastPx = leftPx;
    const link = stage.document.createElement('a');
    link.className = 'mark';
    link.href = `#${anchor}`;
    // By keyboard the row itself leads there: a day has too many marks to step through.
    link.setAttribute('tabindex', '-1');
    link.setAttribute(
      'title',
      `${label || 'what happened'}, ${stage.kit.axisValue(stage.kit, shown.x, at)}: to the log`,
    );
    link.setAttribute('aria-label', `${label || 'event'} in the log`);
    link.style['left'] = `${leftPx - 12}px`;
    link.style['top'] = `${chart.chartArea.bottom - 18}px`;
    link.addEventListener('click', (event) => {
      event.preventDefault();
      stage.script.goToLog(stage, anchor);
    });
    plot.append(link);
  }
}

/** Opens the log and goes to a row of it. */
export function goToLog({ document }: Stage, anchor: string): void {
  const row = document.getElementById(anchor);
  const details = row?.closest('details');
  if (row === null || details === null || details === undefined) return;
  details.open = true;
  for (const marked of document.querySelectorAll('tr.found')) marked.className = '';
  row.className = 'found';
  row.setAttribute('tabindex', '-1');
  row.scrollIntoView({ block: 'center' });
  row.focus({ preventScroll: true });
}
