/**
 * `plan.csv` and `capacity.csv`: every candidate that was looked at, the winner first; and what breaks first at what
 * load. One file because both are of a plan, and short.
 */
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

/** One row a platform: the largest load that holds, the smallest that does not, and what gives way there. */
export function capacityCsv({ headrooms }: PlanResult): string {
  const header = ['platform', 'metric', 'load_holds', 'load_breaks', 'breaks', 'name', 'how', 'objectives_missed'];
  const rows = headrooms.map(({ platform, load, breaksAt, bottleneck }) => [
    textCell(platform),
    'headroom',
    numberCell(load),
    numberCell(breaksAt),
    bottleneck?.kind ?? '',
    textCell(bottleneck?.name ?? ''),
    textCell(bottleneck?.text ?? ''),
    textCell(bottleneck?.missed.join('; ') ?? ''),
  ]);
  return csvText(header, rows);
}
