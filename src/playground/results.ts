/**
 * "Simulate all of it": every platform and replication, as the command line's `compare` does, in the second worker;
 * then the table, the two charts that decide, and the file, to the byte that of the command line.
 *
 * Its own file because it is another way of looking than the stage: the whole run at once, with intervals.
 */
import type { Comparison, MetricValue, PlatformResult } from '../experiment/contract.js';
import { describeCharts } from '../report/charts/registry.js';
import { summaryCsv } from '../report/csv/summaryCsv.js';
import { counted, figure } from '../report/figures.js';
import { byId, make, swatch } from './elements.js';
import { onTheme } from './theme.js';

const charts = ['cost-against-traffic', 'cost-against-latency'];

export class Results {
  private readonly button = byId('simulate', 'button');
  private readonly bar = byId('simulate-progress', 'progress');
  private readonly words = byId('simulate-words', 'p');
  private comparison: Comparison | null = null;
  private isRunning = false;

  constructor(options: { readonly onStart: () => void; readonly onCancel: () => void }) {
    this.button.addEventListener('click', () => (this.isRunning ? options.onCancel() : options.onStart()));
    onTheme(() => void this.drawCharts());
  }

  begin(): void {
    this.isRunning = true;
    this.button.textContent = 'Stop';
    this.bar.hidden = false;
    this.bar.value = 0;
    this.words.textContent = 'Simulating every platform, with repetitions …';
  }

  progress(doneShare: number): void {
    this.bar.value = doneShare;
  }

  stop(words: string): void {
    this.isRunning = false;
    this.button.textContent = 'Simulate all platforms';
    this.bar.hidden = true;
    this.words.textContent = words;
  }

  show(comparison: Comparison, seconds: number): void {
    this.comparison = comparison;
    const { platforms, replications } = comparison;
    const amount = `${counted(platforms.length, 'platform')}, ${counted(replications, 'repetition')}`;
    this.stop(`${amount}, ${figure(seconds, 's')}. Hover a number for its interval.`);
    byId('result-files', 'p').replaceChildren(
      fileLink('summary.csv', summaryCsv(comparison)),
      ' – the same bytes as ',
      make('code', {}, 'windtunnel compare'),
      ' writes.',
    );
    const scrolling = make('div', { class: 'scrolls', tabindex: '0' }, table(comparison));
    byId('result-table', 'div').replaceChildren(scrolling);
    void this.drawCharts();
  }

  /** Another scenario: what is here is no longer about it. */
  clear(): void {
    this.comparison = null;
    this.stop('');
    for (const id of ['result-table', 'result-charts'] as const) byId(id, 'div').replaceChildren();
    byId('result-files', 'p').replaceChildren();
  }

  private async drawCharts(): Promise<void> {
    const { comparison } = this;
    if (!comparison) return;
    const { drawChart } = await import('./chartDrawing.js');
    if (this.comparison !== comparison) return;
    const into = byId('result-charts', 'div');
    into.replaceChildren();
    for (const name of charts) {
      const chart = describeCharts(comparison).find((one) => one.name === name);
      if (chart) drawChart(chart, into);
    }
  }
}

function fileLink(name: string, text: string): HTMLAnchorElement {
  return make('a', { download: name, href: URL.createObjectURL(new Blob([text], { type: 'text/csv' })) }, name);
}

function table({ platforms, ranking }: Comparison): HTMLTableElement {
  const head = ['platform', 'cost a month', 'at zero requests', 'p99', 'answered well', 'level'];
  const rows = ranking.flatMap((place) => {
    const platform = platforms[place];
    return platform ? [row(platform)] : [];
  });
  return make(
    'table',
    {},
    make('caption', {}, 'Best first: those that meet every objective, by cost.'),
    make('thead', {}, make('tr', {}, ...head.map((title) => make('th', { scope: 'col' }, title)))),
    make('tbody', {}, ...rows),
  );
}

function row({ title, colourIndex, metrics, level }: PlatformResult): HTMLTableRowElement {
  const cell = (value: MetricValue | undefined): HTMLTableCellElement => {
    if (!value) return make('td', {}, '–');
    const { mean, ci, unit } = value;
    const interval = ci ? `95% ${figure(ci[0], unit)} – ${figure(ci[1], unit)}` : 'no interval';
    return make('td', { title: interval }, figure(mean, unit));
  };
  return make(
    'tr',
    {},
    make('th', { scope: 'row' }, swatch(colourIndex ?? 0), ' ', title),
    cell(metrics['cost_month']),
    cell(metrics['cost_month_at_zero']),
    cell(metrics['latency_p99']),
    cell(metrics['success_ratio']),
    make('td', { title: level.why }, String(level.observed)),
  );
}
