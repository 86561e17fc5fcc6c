/** The comparison as a Markdown table, for pull requests and step summaries. */
import type { Comparison, MetricValue } from '../../experiment/contract.js';
import { cents, figure, shortName } from '../figures.js';
import { verdictSentence } from '../page/verdict.js';
import { plainText } from './grid.js';

/** Sentence, table, missed objectives; ends with a line end. Names are text: nothing in them is markup. */
export function comparisonMarkdown(comparison: Comparison): string {
  const header = 'platform,level,p50,p99,success,instances,cold starts,$/month,at zero,objectives'.split(',');
  const rows = comparison.platforms.map(({ title, level, metrics, objectives }) => {
    const text = (name: string): string => metricText(metrics[name]);
    const money = (name: string): string => (metrics[name] === undefined ? '–' : plainText(cents(metrics[name].mean)));
    const missed = objectives.filter(({ met }) => !met);
    return [
      markdownText(shortName(title, 60)),
      level.claimed === null || level.claimed === level.observed
        ? String(level.observed)
        : `~~${level.claimed}~~ ${level.observed}`,
      text('latency_p50'),
      text('latency_p99'),
      text('success_ratio'),
      `${text('instances_mean')} / ${text('instances_max')}`,
      text('cold_starts'),
      money('cost_month'),
      money('cost_month_at_zero'),
      objectives.length === 0
        ? '–'
        : missed.length === 0
          ? 'met'
          : `missed: ${missed.map((one) => markdownText(one.text)).join(', ')}`,
    ];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, index) => (index === 0 || index === header.length - 1 ? '---' : '---:'));
  const notes = comparison.warnings.map(({ message }) => `- ${markdownText(message)}`);
  return [
    `**${markdownText(comparison.scenario)}.** ${markdownText(plainText(verdictSentence(comparison)))}`,
    '',
    line(header),
    line(rule),
    ...rows.map(line),
    ...(notes.length === 0 ? [] : ['', ...notes]),
    '',
  ].join('\n');
}

function metricText(metric: MetricValue | undefined): string {
  return metric === undefined
    ? '–'
    : plainText(figure(metric.mean, metric.unit)).replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text with everything that Markdown or HTML would read as a sign written as itself. */
export function markdownText(text: string): string {
  return plainText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]|~#@]/g, (sign) => `\\${sign}`);
}
