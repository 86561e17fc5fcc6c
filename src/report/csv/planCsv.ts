/**
 * The tables of a plan, for CSV and Parquet alike: every candidate that was looked at, the winner first (`plan`); and
 * what breaks first at what load (`capacity`). One file because both are of a plan, and short.
 */
import type { Headroom } from '../../experiment/headroom.js';
import type { Horizon } from '../../experiment/horizon.js';
import type { PlanResult } from '../../experiment/planDocument.js';
import { marginOf, rejectionOf } from '../../experiment/planWords.js';
import { type Table, type TableValue, tableCsv } from './table.js';

export function planCsv(result: PlanResult): string {
  return tableCsv(planTableOf(result));
}

export function capacityCsv(result: PlanResult): string {
  return tableCsv(capacityTableOf(result));
}

/** One row a candidate: rank, platform, a column for each varied path, what is minimised, verdict, why rejected. */
export function planTableOf({ space, found }: PlanResult): Table {
  const before = ['rank', 'platform', ...space.varied.map(({ path }) => path)];
  const after = ['metric', 'mean', 'ci_low', 'ci_high', 'replications', 'met', 'sure', 'margin', 'why_rejected'];
  const rows = found.candidates.map((candidate, place) => {
    const { platform, settings, cost, replications, standing, result } = candidate;
    return [
      place + 1,
      platform,
      ...settings.map(({ value }) => value),
      space.minimise,
      cost?.mean,
      cost?.ci?.[0],
      cost?.ci?.[1],
      replications,
      result?.meetsObjectives ?? false,
      standing === 'meets' || standing === 'misses',
      marginOf(candidate),
      rejectionOf(space, found, candidate),
    ];
  });
  return { columns: [...before, ...after], rows };
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
export function capacityTableOf({ headrooms, horizon, found }: PlanResult): Table {
  const rows = headrooms.flatMap((headroom) => {
    const { platform } = headroom;
    const values = (metric: string, more: readonly TableValue[]): TableValue[] => [
      ...edgeValues(headroom, metric),
      ...more,
      ...Array.from({ length: 6 - more.length }, () => null),
    ];
    const ahead = horizon && platform === found.winner?.platform ? [values('horizon', horizonValues(horizon))] : [];
    return [values('headroom', []), values('bottleneck', []), ...ahead];
  });
  return { columns: capacityColumns, rows };
}

function edgeValues({ platform, load, breaksAt, bottleneck }: Headroom, metric: string): TableValue[] {
  const { kind = '', name = '', text = '', missed = [] } = bottleneck ?? {};
  return [platform, metric, load, breaksAt, kind, name, text, missed.join('; ')];
}

function horizonValues({ breaksInMonth, step }: Horizon): TableValue[] {
  const settings = step?.candidate.settings.map(({ path, value }) => `${path}=${value}`).join('; ');
  return [
    breaksInMonth,
    settings ?? '',
    step?.costMonth?.mean,
    step?.costMonthWithout?.mean,
    step?.holdsUntilLoad,
    step?.breaksInMonth,
  ];
}
