/**
 * A sweep as charts: for each varied path a line chart of what it does by itself, platform by platform; where two are
 * varied, heat maps of both together. Its own file because a sweep has settings where a comparison has time. Checked by
 * test/report/sweepCharts.test.ts.
 */
import type { Cell } from '../../experiment/cells.js';
import { type MainEffect, mainEffects } from '../../experiment/mainEffects.js';
import { figure, shortName } from '../figures.js';
import { kebabCase, lastPart } from '../settingPaths.js';
import type { Axis, ChartDescription, Panel, Series } from './contract.js';
import { zeroAxis } from './ticks.js';

/** What is drawn of every cell. */
const shownMetrics = [
  ['latency_p99', 'p99 latency'],
  ['error_ratio', 'errors'],
  ['cost_month', 'cost of a month'],
] as const;
const unitWords: Readonly<Record<string, string>> = { ms: 'ms', share: 'share', USD: 'US dollars' };

/** One line chart for each path that has at least two values. */
export function sweepLines(cells: readonly Cell[]): ChartDescription[] {
  const effects = mainEffects(
    cells,
    shownMetrics.map(([metric]) => metric),
  );
  const paths = [...new Set(cells[0]?.settings.map(({ path }) => path) ?? [])];
  const platforms = [...new Set(effects.map(({ platform }) => platform))];
  return paths.flatMap((path, place) => {
    const own = effects.filter((effect) => effect.path === path);
    return own.length === 0
      ? []
      : [lineChart(path, own, { platforms, number: place + 1, isAlone: paths.length === 1 })];
  });
}

interface Place {
  readonly platforms: readonly string[];
  readonly number: number;
  readonly isAlone: boolean;
}

function lineChart(path: string, effects: readonly MainEffect[], { platforms, number, isAlone }: Place) {
  const values = effects[0]!.levels.map(({ value }) => value); // A chart is made of effects that are there.
  const { axis, at } = settingAxis(path, values);
  const panels = shownMetrics.flatMap(([metric, words]): Panel[] => {
    const own = effects.filter((effect) => effect.metric === metric);
    const highest = Math.max(0, ...own.flatMap(({ levels }) => levels.map(({ mean }) => mean)));
    const [first] = own;
    if (!first || highest === 0) return [];
    return [
      {
        title: words,
        platform: null,
        heightPx: 240,
        x: axis,
        ys: [zeroAxis('y', `${words} (${unitWords[first.unit] ?? first.unit})`, first.unit, highest)],
        series: own.map(
          ({ platform, levels }): Series => ({
            label: shortName(platform, 24),
            role: platforms.indexOf(platform),
            form: 'line',
            axis: 'y',
            points: levels.map(({ value, mean }) => [at(value), mean] as const).sort((a, b) => a[0] - b[0]),
            intervals: null,
            isLabelled: true,
          }),
        ),
        bars: [],
        regions: [],
        marks: [],
      },
    ];
  });
  const rest = isAlone ? '' : ' A point is the mean over all cells with that value of this setting.';
  return {
    name: `sweep-${number}-${kebabCase(lastPart(path))}`,
    title: `What ${lastPart(path)} does`,
    caption: effects
      .filter(({ metric }) => metric !== 'error_ratio')
      .map(sentenceOf)
      .slice(0, 4)
      .join(' '),
    reading: `Across: ${path}.${rest}`,
    empty: panels.length === 0 ? 'No cell has a value of what is drawn.' : null,
    panels,
    table: {
      columns: ['platform', 'metric', 'unit', path, 'mean', 'cells'],
      rows: effects.flatMap(({ platform, metric, unit, levels }) =>
        levels.map(({ value, mean, cellCount }) => [platform, metric, unit, value, mean, cellCount]),
      ),
      note: null,
    },
  } satisfies ChartDescription;
}

/** `fargate: latency_p99 from 80 ms (4) to 310 ms (1).` */
function sentenceOf({ platform, metric, unit, levels }: MainEffect): string {
  const sorted = [...levels].sort((a, b) => a.mean - b.mean);
  const [least, most] = [sorted[0]!, sorted.at(-1)!]; // At least two levels, as mainEffects promises.
  const range = `${figure(least.mean, unit)} (at ${least.value}) to ${figure(most.mean, unit)} (at ${most.value})`;
  return `${shortName(platform, 24)}: ${metric} from ${range}.`;
}

/** Numbers stand where they are, with one unit or none; anything else stands in the order of the design. */
function settingAxis(path: string, values: readonly string[]): { readonly axis: Axis; at(value: string): number } {
  const parts = values.map((value) => /^\$?(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(.*)$/i.exec(value));
  const unit = parts[0]?.[2];
  const isNumeric = parts.every((part) => part !== null && part[2] === unit);
  const placeOf = new Map(values.map((value, place) => [value, isNumeric ? Number(parts[place]![1]) : place]));
  const at = (value: string): number => placeOf.get(value) ?? 0;
  const places = [...placeOf.values()].sort((a, b) => a - b);
  const [low = 0, high = 1] = [places[0], places.at(-1)];
  const isWide = isNumeric && low > 0 && high / low > 20;
  const room = isWide ? 0 : 0.03 * (high - low);
  const ticks = values.map((value) => ({ value: at(value), label: shortName(value, 16) }));
  const step = Math.ceil(ticks.length / 12);
  return {
    at,
    axis: {
      id: 'x',
      title: path,
      scale: isWide ? 'log' : 'linear',
      min: isWide ? low / 1.1 : low - room,
      max: isWide ? high * 1.1 : high + room,
      ticks: ticks.sort((a, b) => a.value - b.value).filter((_, place) => place % step === 0),
      unit: '1',
      clock: null,
      weight: 1,
    },
  };
}
