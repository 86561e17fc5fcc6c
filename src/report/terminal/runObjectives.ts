/**
 * The objectives of one platform as `run` shows them: the verdict first, then what was wanted, what came out with its
 * interval, and of a missed one the minute in which it was worst.
 *
 * Its own file because `compare` lays the same verdicts out by objective and platform. Checked by
 * test/report/tables.test.ts.
 */
import type { ObjectiveResult, PlatformResult, RunFacts, Timeline } from '../../experiment/contract.js';
import { clockLabel } from '../charts/ticks.js';
import { figure } from '../figures.js';
import { minutesOf } from '../why.js';
import { noObjectiveLines, objectiveNote, type TableOptions } from './comparisonTable.js';
import { type Cell, type GridColumn, gridLines, gridWidth, plainText } from './grid.js';

/** Lines, a blank one last. What does not fit is left out from the right: where it was worst, then the interval. */
export function runObjectiveLines(
  { objectives, timeline }: PlatformResult,
  run: Pick<RunFacts, 'starts'>,
  { widthColumns, colour }: TableOptions,
): string[] {
  if (objectives.length === 0) return noObjectiveLines(widthColumns);
  const missedFirst = [...objectives].sort((a, b) => Number(a.met) - Number(b.met));
  const rows = missedFirst.map((objective): Cell[] => [
    { text: '' },
    objective.met ? { text: 'ok', tone: 'good' } : { text: 'MISS', tone: 'bad' },
    { text: plainText(objective.text) },
    { text: objective.value === null ? 'no value' : plainText(figure(objective.value, objective.unit)) },
    { text: objectiveNote(objective) },
    { text: objective.met || timeline === null ? '' : worstWords(objective, timeline, run) },
  ]);
  const aligned: readonly GridColumn['align'][] = ['left', 'left', 'left', 'right', 'left', 'left'];
  for (let count = aligned.length; ; count--) {
    const columns = aligned.slice(0, count).map((align): GridColumn => ({ title: '', align }));
    const shown = rows.map((row) => row.slice(0, count));
    if (gridWidth(columns, shown) > widthColumns && count > 4) continue;
    const [, ...lines] = gridLines(columns, shown, colour);
    return [colour('strong', ' OBJECTIVES'), ...lines, ''];
  }
}

/** `worst at 12:04: 4.1 %`; nothing for what no minute of the time line says. */
function worstWords(
  { metric, scope, unit }: ObjectiveResult,
  timeline: Timeline,
  run: Pick<RunFacts, 'starts'>,
): string {
  if (scope !== '') return '';
  const values = minutesOf(timeline).flatMap(({ fromS, offered, failed, rejected, timedOut, p99Ms }) => {
    const lost = offered === 0 ? null : (failed + rejected + timedOut) / offered;
    if (metric === 'latency_p99') return p99Ms === null ? [] : [{ fromS, badness: p99Ms, value: p99Ms }];
    if (lost === null) return [];
    if (metric === 'error_ratio') return [{ fromS, badness: lost, value: lost }];
    return metric === 'success_ratio' ? [{ fromS, badness: lost, value: Math.max(0, 1 - lost) }] : [];
  });
  const [first] = values;
  if (!first) return '';
  const worst = values.reduce((most, one) => (one.badness > most.badness ? one : most), first);
  return `worst at ${clockLabel(run.starts, worst.fromS)}: ${plainText(figure(worst.value, unit))}`;
}
