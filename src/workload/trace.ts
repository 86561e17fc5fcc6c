/**
 * Trace arrivals: what really came, again. Stamped rows come at their times; counts come spread over their minute.
 * Every replication replays the same trace.
 *
 * `load` is a factor on the number, not on the clock: at load 2 a visitor comes half-way between each two rows as well,
 * at 0.5 every second row comes. So a trace keeps its shape and its length at every load, and takes no draws for it.
 */
import type { Draws } from '../random/draws.js';
import type { ArrivalFamily, TraceSpec } from './arrivalSpec.js';
import type { ArrivalProcess } from './contract.js';
import { CountReplay, rowsBefore as countsBefore, countsRoundUs } from './traces/countReplay.js';
import { resampledRows } from './traces/resampledRows.js';
import { StampReplay, rowsBefore as stampsBefore, stampsRoundUs } from './traces/stampReplay.js';

export const trace: ArrivalFamily<TraceSpec> = {
  kind: 'trace',
  acceptsModulation: false,
  fault,
  make(spec, { load }) {
    const { rows } = spec.trace;
    const roundUs = roundOf(spec);
    const countIn = (untilUs: number): number =>
      rows.kind === 'stamps' ? stampsBefore(rows, untilUs) : countsBefore(rows, untilUs);
    const countBefore = (traceUs: number): number => {
      if (!spec.repeats) return countIn(traceUs);
      // A round ends with its last row, so the moment at which it ends belongs to it.
      const roundCount = Math.max(0, Math.ceil(traceUs / roundUs) - 1);
      return roundCount * countIn(Infinity) + countIn(traceUs - roundCount * roundUs);
    };
    return {
      kind: 'trace',
      isStationary: false,
      carriesWaits: rows.kind === 'stamps' && rows.waitsUs !== null,
      meanPerSecond(fromUs, toUs) {
        if (!(toUs > fromUs)) return 0;
        const count = countBefore(toUs * spec.speed) - countBefore(fromUs * spec.speed);
        return (load * count * 1e6) / (toUs - fromUs);
      },
      ...(rows.kind === 'stamps' && { memoryless: (perSecond: number) => resampledRows(rows, perSecond) }),
      start: (draws) => startReplay(spec, load, draws),
    };
  },
};

function startReplay(
  { trace: { rows }, speed, repeats, spread }: TraceSpec,
  load: number,
  draws: Draws,
): ArrivalProcess {
  const pace = { speed, load, repeats };
  if (rows.kind === 'stamps') return new StampReplay(rows, pace);
  return new CountReplay(rows, pace, spread === 'poisson' ? draws : null);
}

function roundOf({ trace: { rows } }: TraceSpec): number {
  return rows.kind === 'stamps' ? stampsRoundUs(rows) : countsRoundUs(rows);
}

function fault(spec: TraceSpec): string | undefined {
  const {
    speed,
    repeats,
    spread,
    trace: { format, rows },
  } = spec;
  if (!(speed > 0 && speed < Infinity)) return 'the speed must be a finite number above 0';
  if (repeats && roundOf(spec) === 0) return 'a trace whose rows all come at time 0 cannot repeat';
  if (spread === 'poisson' && rows.kind === 'stamps')
    return `spread is for counts; the rows of ${format} have their own times`;
  return undefined;
}
