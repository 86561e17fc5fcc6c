/**
 * A sweep or a plan put into words, tables, charts and verdicts, once: the page, the Markdown and the JUnit file are
 * written from this. Its own file because a study is read in several forms and must say the same in each. Checked by
 * test/report/sweepCharts.test.ts.
 */
import type { Cell } from '../experiment/cells.js';
import type { ObjectiveResult } from '../experiment/contract.js';
import { mainEffects } from '../experiment/mainEffects.js';
import type { PlanResult } from '../experiment/planDocument.js';
import type { Candidate } from '../experiment/planSpace.js';
import { marginOf, paretoFront, rejectionOf, winnersNeighbours } from '../experiment/planWords.js';
import type { ChartDescription } from './charts/contract.js';
import { type HeatMap, heatMaps } from './charts/heatMap.js';
import { planFront } from './charts/planFront.js';
import { sweepChart } from './charts/sweepChart.js';
import { sweepLines } from './charts/sweepCharts.js';
import { counted, figure, intervalFigure, roomText } from './figures.js';
import { lastPart } from './settingPaths.js';
import { planVerdict, sweepVerdict } from './studyVerdict.js';
import { capacityLines, winnerSentence } from './terminal/planTable.js';

export interface StudyReport {
  readonly scenario: string;
  /** What it comes to, in one sentence. */
  readonly verdict: string;
  /** The finding first. */
  readonly sentences: readonly string[];
  readonly tables: readonly StudyTable[];
  readonly charts: readonly ChartDescription[];
  readonly heatMaps: readonly HeatMap[];
  /** Verdicts, by what they are about. */
  readonly suites: readonly VerdictSuite[];
}

export interface StudyTable {
  readonly title: string;
  readonly columns: readonly { readonly title: string; readonly isNumber?: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

export interface VerdictSuite {
  readonly name: string;
  readonly objectives: readonly ObjectiveResult[];
  /** What weakens it. */
  readonly notes: readonly string[];
}

const metricWords: Readonly<Record<string, string>> = { latency_p99: 'the p99', cost_month: 'the month’s cost' };

/** Cells of a sweep, as many as are shown: all of them, or of a large design some, evenly spread. */
export interface ShownCells {
  readonly cells: readonly Cell[];
  readonly cellCount: number;
  readonly refusedCount: number;
}

const shown = ['latency_p50', 'latency_p99', 'success_ratio', 'instances_mean', 'cost_month'] as const;

const shownTitles: Readonly<Record<(typeof shown)[number], string>> = {
  latency_p50: 'p50',
  latency_p99: 'p99',
  success_ratio: 'success',
  instances_mean: 'instances',
  cost_month: 'USD a month',
};

export function sweepStudy(scenario: string, all: ShownCells, complete: boolean): StudyReport {
  const { cells, cellCount, refusedCount: refused } = all;
  const paths = cells[0]?.settings.map(({ path }) => path) ?? [];
  const count = `${counted(cellCount, 'cell')} of ${paths.map(lastPart).join(' and ')}`;
  const found = mainEffects(cells, ['latency_p99', 'cost_month']);
  const effects = found.filter(({ spread }) => spread > 0).slice(0, 6);
  return {
    scenario,
    verdict: sweepVerdict(cells),
    sentences: [
      `${count}${complete ? '' : '; not all are finished'}.`,
      ...(cells.length < cellCount ? [`${partShown(all)}; the table of the sweep has all.`] : []),
      ...effects.map(({ path, metric, platform, unit, levels, spread }) => {
        const words = levels.length === 2 ? 'between its two values' : `over its ${levels.length} values`;
        const what = metricWords[metric] ?? metric;
        return `${lastPart(path)} moves ${what} of ${platform} by ${figure(spread, unit)} ${words}.`;
      }),
      ...(refused > 0
        ? [`${counted(refused, 'cell contradicts itself', 'cells contradict themselves')}: not simulated.`]
        : []),
    ],
    tables: [cellTable(paths, cells)],
    charts: [...alongOneNumber(paths, cells), ...sweepLines(cells)],
    heatMaps: heatMaps(cells),
    suites: cells.flatMap(({ settings, platforms }) =>
      platforms.map(({ name, objectives, untrusted }) => ({
        name: [name, ...settings.map(({ path, value }) => `${path}=${value}`)].join(' '),
        objectives,
        notes: untrusted.map(({ message }) => `not trustworthy: ${message}`),
      })),
    ),
  };
}

/** Of a design of which not every cell is shown. */
export function partShown({ cells, cellCount }: ShownCells): string {
  return `One in ${Math.round(cellCount / cells.length)} of them is shown here`;
}

/** Where one number goes over a decade or more: bill and latency together, all axes logarithmic. */
function alongOneNumber(paths: readonly string[], cells: readonly Cell[]): readonly ChartDescription[] {
  const chart = sweepChart(paths, cells);
  return chart.empty === null ? [chart] : [];
}

function cellTable(paths: readonly string[], cells: readonly Cell[]): StudyTable {
  const lastParts = paths.map(lastPart);
  // The last word of a path says which, unless two end alike.
  const titles = new Set(lastParts).size === paths.length ? lastParts : paths;
  return {
    title: 'Every cell',
    columns: [
      ...titles.map((title) => ({ title })),
      { title: 'platform' },
      ...shown.map((metric) => ({ title: shownTitles[metric], isNumber: true })),
      { title: 'objectives' },
    ],
    rows: cells.flatMap(({ settings, refusals, platforms }) => {
      const values = settings.map(({ value }) => value);
      if (refusals.length > 0) return [[...values, '', ...shown.map(() => ''), `refused: ${refusals[0] ?? ''}`]];
      return platforms.map(({ name, metrics, objectives }) => {
        const missed = objectives.filter(({ met }) => !met).map(({ text }) => text);
        const verdict = objectives.length === 0 ? '–' : missed.length === 0 ? 'met' : `missed ${missed.join(', ')}`;
        const figures = shown.map((metric) => figure(metrics[metric]?.mean, metrics[metric]?.unit ?? '1'));
        return [...values, name, ...figures, verdict];
      });
    }),
  };
}

export function planStudy(result: PlanResult): StudyReport {
  const { scenario, space, found } = result;
  const { winner, candidates } = found;
  const tableOf = (title: string, list: readonly Candidate[]): StudyTable => candidateTable(result, title, list);
  return {
    scenario,
    verdict: planVerdict(result),
    sentences: [winnerSentence(result), ...capacityLines(result)].map((line) => `${line.trim().replace(/\.$/, '')}.`),
    tables: [
      tableOf('The neighbours of the winner, and why not; room: how far inside its limit the tightest objective is', [
        ...(winner ? [winner] : []),
        ...winnersNeighbours(space, found),
      ]),
      tableOf('Nothing is cheaper and faster than these', paretoFront(found)),
      tableOf('Every candidate that was looked at', candidates),
    ],
    charts: [planFront(result)],
    heatMaps: [],
    suites: winner
      ? [
          {
            name: [winner.platform, ...winner.settings.map(({ path, value }) => `${path}=${value}`)].join(' '),
            objectives: winner.result?.objectives ?? [],
            notes: found.isSure ? [] : ['not certain: an interval holds a limit even with all replications'],
          },
        ]
      : [],
  };
}

function candidateTable({ space, found }: PlanResult, title: string, candidates: readonly Candidate[]): StudyTable {
  return {
    title,
    columns: [
      { title: 'platform' },
      ...space.varied.map(({ path }) => ({ title: path })),
      { title: space.minimise === 'cost_month' ? 'USD a month' : space.minimise, isNumber: true },
      { title: 'interval', isNumber: true },
      { title: 'p99', isNumber: true },
      { title: 'room', isNumber: true },
      { title: 'replications', isNumber: true },
      { title: 'why not' },
    ],
    rows: candidates.map((candidate) => {
      const { platform, settings, cost, result, replications } = candidate;
      const p99 = result?.metrics['latency_p99'];
      const why = rejectionOf(space, found, candidate);
      return [
        platform,
        ...settings.map(({ value }) => value),
        figure(cost?.mean, cost?.unit ?? '1'),
        cost?.ci ? intervalFigure(cost.ci, cost.unit) : '–',
        figure(p99?.mean, 'ms'),
        roomText(marginOf(candidate)),
        String(replications),
        why === '' ? 'the winner' : why,
      ];
    }),
  };
}
