/** Under the latencies: how many requests met a cold start. */
import type { Comparison } from '../../experiment/contract.js';
import { figure } from '../figures.js';
import { type Html, html } from './html.js';
import { dataTable, disclosure, metricFigure, nameOf, swatch } from './parts.js';

export function coldStartTable({ platforms, confidence }: Comparison): Html {
  const counted = platforms.map((platform, index) => ({
    platform,
    index,
    count: platform.metrics['cold_starts']?.mean ?? 0,
  }));
  const cold = counted.filter(({ count }) => count > 0);
  if (cold.length === 0)
    return html`<h3>Cold starts</h3><p class="empty">No cold starts: every instance was already running.</p>`;
  const most = cold.reduce((a, b) => (b.count > a.count ? b : a));
  const rows = counted.map(({ platform, index }) => [
    html`${swatch(index)} ${nameOf(platform)}`,
    ...['cold_starts', 'cold_start_ratio', 'cold_waits', 'wait_mean'].map((metric) =>
      metricFigure(platform.metrics[metric], confidence, platform.warnings),
    ),
  ]);
  const columns = [
    { title: 'platform' },
    { title: 'cold starts', isNumber: true },
    { title: 'share of calls', isNumber: true },
    { title: 'joined one starting', isNumber: true },
    { title: 'mean wait', isNumber: true },
  ];
  const never = `${platforms.length - cold.length} of ${platforms.length} platforms never do`;
  const finding = `${most.platform.title} starts cold most often: ${figure(most.count, '1')} times; ${never}.`;
  const table = dataTable('Cold starts of a replication', columns, rows);
  return html`<h3>Cold starts</h3><p class="finding">${finding}</p>
${disclosure('Cold starts, platform by platform', table)}`;
}
