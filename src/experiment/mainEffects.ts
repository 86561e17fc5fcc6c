/**
 * What each varied path does by itself: the mean of a metric over all cells that share one of its values. Its own file
 * because a table of a thousand cells answers no question, and this one does: which setting matters, and which way.
 * Only fair over designs in which the other paths are balanced (grid, Latin hypercube, Sobol').
 */
import type { Cell } from './cells.js';

export interface MainEffect {
  readonly path: string;
  readonly platform: string;
  readonly metric: string;
  readonly unit: string;
  /** In the order in which the values first stand in the design; the mean over the cells with that value. */
  readonly levels: readonly { readonly value: string; readonly mean: number; readonly cellCount: number }[];
  /** Largest less smallest mean. */
  readonly spread: number;
}

/** Of every platform, metric and path with at least two values that were simulated; the largest spread first. */
export function mainEffects(cells: readonly Cell[], metrics: readonly string[]): MainEffect[] {
  const paths = cells[0]?.settings.map(({ path }) => path) ?? [];
  const platforms = [...new Set(cells.flatMap(({ platforms: own }) => own.map(({ name }) => name)))];
  return platforms.flatMap((platform) =>
    metrics.flatMap((metric) =>
      paths
        .flatMap((path, place) => effectOf(cells, { path, place, platform, metric }) ?? [])
        .sort((a, b) => b.spread - a.spread),
    ),
  );
}

function effectOf(
  cells: readonly Cell[],
  words: { readonly path: string; readonly place: number; readonly platform: string; readonly metric: string },
): MainEffect | null {
  const { path, place, platform, metric } = words;
  const byValue = new Map<string, number[]>();
  let unit = '1';
  for (const cell of cells) {
    const value = cell.platforms.find(({ name }) => name === platform)?.metrics[metric];
    const setting = cell.settings[place];
    if (!value || !setting) continue;
    unit = value.unit;
    byValue.set(setting.value, [...(byValue.get(setting.value) ?? []), value.mean]);
  }
  if (byValue.size < 2) return null;
  const levels = [...byValue].map(([value, means]) => ({
    value,
    mean: means.reduce((sum, mean) => sum + mean, 0) / means.length,
    cellCount: means.length,
  }));
  const means = levels.map(({ mean }) => mean);
  return { path, platform, metric, unit, levels, spread: Math.max(...means) - Math.min(...means) };
}
