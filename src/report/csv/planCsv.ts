/**
 * `plan.csv` and `capacity.csv`: every candidate that was looked at, the winner first; and what breaks first at what
 * load. One file because both are of a plan, and short.
 */
import type { Headroom } from '../../experiment/headroom.js';
import type { Horizon } from '../../experiment/horizon.js';
import type { PlanResult } from '../../experiment/planDocument.js';
import { marginOf, rejectionOf } from '../../experiment/planWords.js';
import { csvText, numberCell, textCell } from './cells.js';

/** One row a candidate: rank, platform, a column for each varied path, what is minimised, verdict, why rejected. */
export function planCsv({ space, found }: PlanResult): string {
  const before = ['rank', 'platform', ...space.varied.map(({ path }) => textCell(path))];
  const after = ['metric', 'mean', 'ci_low', 'ci_high', 'replications', 'met', 'sure', 'margin', 'why_rejected'];
  const rows = found.candidates.map((candidate, place) => {
    const { platform, settings, cost, replications, standing, result } = candidate;
    return [
      String(place + 1),
      textCell(platform),
      ...settings.map(({ value }) => textCell(value)),
      space.minimise,
      numberCell(cost?.mean),
      numberCell(cost?.ci?.[0]),
      numberCell(cost?.ci?.[1]),
      numberCell(replications),
      String(result?.meetsObjectives ?? false),
      String(standing === 'meets' || standing === 'misses'),
      numberCell(marginOf(candidate)),
      textCell(rejectionOf(space, found, candidate)),
    ];
  });
  return csvText([...before, ...after], rows);
}

const capacityColumns = [
  ...['platform', 'metric', 'load_holds', 'load_breaks', 'breaks', 'name', 'how', 'objectives_missed'],
  ...['month', 'step', 'step_cost_month', 'cost_month_without', 'step_load_holds', 'step_month'],
];

/**
 * Rows of each platform: `headroom` (the largest load that holds, the smallest that does not) and `bottleneck` (what
 * gives way there). Of the winner's, where growth was asked about, `horizon`: the month of the break, the cheapest step
 * that moves it, a month's bill with and without it, and until when it holds.
 */
export function capacityCsv({ headrooms, horizon, found }: PlanResult): string {
  const rows = headrooms.flatMap((headroom) => {
    const { platform } = headroom;
    const words = (metric: string, more: readonly string[]): string[] => [
      ...edgeCells(headroom, metric),
      ...more,
      ...Array.from({ length: 6 - more.length }, () => ''),
    ];
    const ahead = horizon && platform === found.winner?.platform ? [words('horizon', horizonCells(horizon))] : [];
    return [words('headroom', []), words('bottleneck', []), ...ahead];
  });
  return csvText(capacityColumns, rows);
}

function edgeCells({ platform, load, breaksAt, bottleneck }: Headroom, metric: string): string[] {
  return [
    textCell(platform),
    metric,
    numberCell(load),
    numberCell(breaksAt),
    bottleneck?.kind ?? '',
    textCell(bottleneck?.name ?? ''),
    textCell(bottleneck?.text ?? ''),
    textCell(bottleneck?.missed.join('; ') ?? ''),
  ];
}

function horizonCells({ breaksInMonth, step }: Horizon): string[] {
  const settings = step?.candidate.settings.map(({ path, value }) => `${path}=${value}`).join('; ');
  return [
    numberCell(breaksInMonth),
    textCell(settings ?? ''),
    numberCell(step?.costMonth?.mean),
    numberCell(step?.costMonthWithout?.mean),
    numberCell(step?.holdsUntilLoad),
    numberCell(step?.breaksInMonth),
  ];
}
