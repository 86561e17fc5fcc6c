/**
 * Where an axis is labelled, and how: round numbers on linear and logarithmic axes, clock times on a time axis.
 *
 * Its own file because the ticks are part of the description, so that the page and the pictures carry the same labels.
 */
import type { RunFacts } from '../../experiment/contract.js';
import type { Kit } from '../drawing/contract.js';
import { figure } from '../figures.js';
import type { Axis, Clock, Tick } from './contract.js';

/** Linear axis from zero to a round number at or above `highest` (any finite number), with about `count` labels. */
export function zeroAxis(id: string, title: string, unit: string, highest: number, count = 4): Axis {
  const top = highest > 0 ? highest : 1;
  const rawStep = top / count;
  const size = 10 ** Math.floor(Math.log10(rawStep));
  const step =
    [1, 2, 5, 10].map((factor) => factor * size).find((candidate) => candidate >= rawStep * 0.999) ?? rawStep;
  const tickCount = Math.ceil(top / step - 1e-9);
  const ticks = Array.from({ length: tickCount + 1 }, (_, index) => {
    const value = Number((index * step).toPrecision(12));
    return { value, label: tickLabel(value, unit) };
  });
  return {
    id,
    title,
    unit,
    scale: 'linear',
    min: 0,
    max: Number((tickCount * step).toPrecision(12)),
    ticks,
    weight: 1,
    clock: null,
  };
}

/** Linear axis with zero among its labels, from a round number at or below `lowest` to one at or above `highest`. */
export function spanAxis(id: string, title: string, unit: string, lowest: number, highest: number): Axis {
  const { ticks: upper } = zeroAxis(id, title, unit, highest - lowest, 6);
  const step = upper[1]?.value ?? 1;
  const [first, last] = [Math.floor(lowest / step + 1e-9), Math.ceil(highest / step - 1e-9)];
  const ticks = Array.from({ length: last - first + 1 }, (_, index): Tick => {
    const value = Number(((first + index) * step).toPrecision(12));
    return { value, label: value < 0 ? `−${tickLabel(-value, unit)}` : tickLabel(value, unit) };
  });
  const [min = 0, max = 1] = [ticks[0]?.value, ticks[ticks.length - 1]?.value];
  return { id, title, unit, scale: 'linear', min, max, ticks, weight: 1, clock: null };
}

/** An axis of names, from top to bottom. */
export function namesAxis(names: readonly string[]): Axis {
  const ticks = names.map((label, value): Tick => ({ value, label }));
  return {
    id: 'y',
    title: '',
    scale: 'category',
    min: 0,
    max: names.length - 1,
    unit: '',
    weight: 1,
    clock: null,
    ticks,
  };
}

/**
 * Logarithmic axis that holds [lowest, highest] with a little room; labels at 1, 2 and 5, or at decades.
 *
 * @throws RangeError unless both are finite and above zero: whoever has no value has no axis to ask for
 */
export function logAxis(id: string, title: string, unit: string, lowest: number, highest: number): Axis {
  if (!(lowest > 0 && Number.isFinite(lowest + highest))) throw new RangeError(`log axis ${lowest}..${highest}`);
  const min = lowest / 1.25;
  const max = Math.max(highest, lowest) * 1.25;
  const decades = Math.log10(max / min);
  const factors = decades > 3.2 ? [1] : decades > 1.7 ? [1, 3] : [1, 2, 5];
  const ticks: Tick[] = [];
  const firstPower = Math.floor(Math.log10(min));
  for (let power = firstPower; power <= Math.ceil(Math.log10(max)); power++)
    for (const factor of decades < 0.7 ? [1, 1.5, 2, 3, 4, 5, 6, 8] : factors) {
      const value = Number(`${factor}e${power}`);
      if (value >= min && value <= max) ticks.push({ value, label: tickLabel(value, unit) });
    }
  return { id, title, unit, scale: 'log', min, max, ticks, weight: 1, clock: null };
}

/** Time axis over [fromS, toS] seconds from clock 0, labelled with the clock of the scenario where it names one. */
export function timeAxis(run: RunFacts, fromS: number, toS: number): Axis {
  const minutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 43_800];
  const spanMinutes = (toS - fromS) / 60;
  const step = minutes.find((candidate) => spanMinutes / candidate <= 10) ?? spanMinutes / 8;
  const originMinute = run.starts?.minuteOfDay ?? 0;
  const ticks: Tick[] = [];
  const first = Math.ceil((fromS / 60 + originMinute) / step) * step;
  for (let minute = first; minute <= originMinute + toS / 60 + 1e-9; minute += step)
    ticks.push({ value: (minute - originMinute) * 60, label: clockLabel(run.starts, (minute - originMinute) * 60) });
  const clock = run.starts && { minuteOfDay: run.starts.minuteOfDay, dayIndex: run.starts.dayIndex };
  const title = run.starts === null ? 'time since the start (h:min)' : `time (starts ${run.starts.text})`;
  return { id: 'x', title, unit: 'time', scale: 'linear', min: fromS, max: toS, ticks, weight: 1, clock };
}

/**
 * A moment as the scenario's clock shows it: `19:02`, `Sat 00:15`; hours and minutes since the start without a clock.
 *
 * Closed (refers to nothing outside itself), because the page's script carries its source.
 *
 * @param atS seconds from clock 0, finite
 */
export function clockLabel(clock: Clock | null, atS: number): string {
  const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  const minuteCount = Math.floor(atS / 60 + 1e-9) + (clock === null ? 0 : clock.minuteOfDay);
  const minute = String(((minuteCount % 60) + 60) % 60).padStart(2, '0');
  const hour = Math.floor(minuteCount / 60);
  if (clock === null) return `${hour}:${minute}`;
  const dayOffset = Math.floor(hour / 24);
  const time = `${String(hour - dayOffset * 24).padStart(2, '0')}:${minute}`;
  if (dayOffset === 0) return time;
  if (clock.dayIndex === null) return `day ${dayOffset + 1} ${time}`;
  return `${dayNames[(clock.dayIndex + dayOffset) % 7]} ${time}`;
}

/** A logarithmic axis with its decades alone, where there are two or more: for panes with little height. */
export function decadesOnly(axis: Axis): Axis {
  const decades = axis.ticks.filter(({ value }) => Number.isInteger(Math.log10(value)));
  return decades.length < 2 ? axis : { ...axis, ticks: decades };
}

/** The same axis without words, for all but the last of several panels on one axis: its lines stay. */
export function quietAxis(axis: Axis): Axis {
  return { ...axis, title: '', ticks: axis.ticks.map(({ value }) => ({ value, label: '' })) };
}

/** A tick's label: the figure without its unit, which the axis title carries; money keeps its sign. */
function tickLabel(value: number, unit: string): string {
  if (unit === 'share') return figure(value, unit);
  if (unit !== 'USD') return figure(value, '1').replace('.00', '');
  return value >= 1 && Number.isInteger(value) ? `$${figure(value, '1')}` : `$${value}`;
}

/**
 * A part of an axis, labelled anew: a zoomed plot must not lose its labels. Labels that the whole has are kept where
 * they are at least three; otherwise 1, 2 or 5 times a power of ten, or whole minutes on a clock.
 *
 * Closed but for the kit it is handed, because the page's script carries its source.
 *
 * @param min, max within the axis, min < max
 */
export function axisBetween(kit: Kit, axis: Axis, min: number, max: number): Axis {
  const part = { ...axis, min, max };
  const own = axis.ticks.filter(({ value }) => value >= min && value <= max);
  if (own.length >= 3 || axis.scale === 'category') return { ...part, ticks: own };
  const isQuiet = axis.ticks.every(({ label }) => label === '');
  const isTime = axis.unit === 'time';
  const span = max - min;
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const sizes = isTime
    ? [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]
    : [power, 2 * power, 5 * power, 10 * power];
  const step = sizes.find((size) => span / size <= 6) ?? span / 4;
  const label = (value: number): string => {
    if (isQuiet) return '';
    if (!isTime || step >= 60) return kit.axisValue(kit, axis, value);
    const second = String(Math.round(value % 60)).padStart(2, '0');
    return `${kit.clockLabel(axis.clock, value)}:${second}`;
  };
  const ticks: Tick[] = [];
  for (let at = Math.ceil(min / step - 1e-9); at * step <= max + step * 1e-9; at++) {
    const value = Number((at * step).toPrecision(12));
    if (value >= min && value <= max) ticks.push({ value, label: label(value) });
  }
  return { ...part, ticks };
}
