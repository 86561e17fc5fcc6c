/**
 * A sweep for a terminal: a line for each cell and platform, then what each varied path does by itself. Its own file
 * because it is neither of the tables of a comparison: settings lead, and a long design is cut in the middle.
 */
import type { Cell as SweepCell } from '../../experiment/cells.js';
import { mainEffects } from '../../experiment/mainEffects.js';
import { figure } from '../figures.js';
import { lastPart } from '../settingPaths.js';
import { partShown, type ShownCells } from '../study.js';
import { type Cell, type Colour, type GridColumn, gridLines, plainText } from './grid.js';

export interface SweepTableOptions {
  readonly colour: Colour;
  readonly paths: readonly string[];
}

/** Longer designs are shown by their first and last lines. */
const mostLines = 60;
const shown = [
  ['latency_p50', 'p50'],
  ['latency_p99', 'p99'],
  ['success_ratio', 'success'],
  ['instances_mean', 'instances'],
  ['cost_month', '$/month'],
] as const;

export function sweepTable(all: ShownCells, { colour, paths }: SweepTableOptions): string {
  const { cells, cellCount } = all;
  const settingPaths = cells[0]?.settings.map(({ path }) => path) ?? [];
  const columns: GridColumn[] = [
    ...settingPaths.map((path): GridColumn => ({ title: plainText(lastPart(path)), align: 'right' })),
    { title: 'platform', align: 'left' },
    ...shown.map(([, title]): GridColumn => ({ title, align: 'right' })),
    { title: 'objectives', align: 'left' },
  ];
  const rows = cells.flatMap(rowsOf);
  const half = mostLines / 2;
  const isCut = rows.length > mostLines;
  const kept = isCut ? [...rows.slice(0, half), ...rows.slice(-half)] : rows;
  const lines = gridLines(columns, kept, colour);
  if (isCut) lines.splice(1 + half, 0, ` … ${rows.length - mostLines} more lines, all in sweep.csv …`);
  return [
    ...settingPaths.flatMap((path) =>
      lastPart(path) === path ? [] : [` ${plainText(lastPart(path))}: ${plainText(path)}`],
    ),
    ...lines,
    ...(cells.length < cellCount ? [` ${cellCount} cells. ${partShown(all)}.`] : []),
    ...effectLines(cells, colour),
    ...(paths.length === 0 ? [] : ['', ...paths.map((path) => ` ${plainText(path)}`)]),
  ].join('\n');
}

function rowsOf({ settings, platforms, refusals }: SweepCell): Cell[][] {
  const values = settings.map(({ value }): Cell => ({ text: plainText(value) }));
  if (refusals.length > 0) return [[...values, { text: `refused: ${plainText(refusals[0]!)}`, tone: 'bad' }]];
  return platforms.map(({ name, metrics, objectives }) => {
    const missed = objectives.filter(({ met }) => !met);
    const verdict: Cell =
      objectives.length === 0
        ? { text: '–', tone: 'quiet' }
        : missed.length === 0
          ? { text: 'met', tone: 'good' }
          : { text: `missed ${missed.map(({ text }) => plainText(text)).join(', ')}`, tone: 'bad' };
    return [
      ...values,
      { text: plainText(name) },
      ...shown.map(
        ([metric]): Cell => ({ text: plainText(figure(metrics[metric]?.mean, metrics[metric]?.unit ?? '1')) }),
      ),
      verdict,
    ];
  });
}

/** What each path does by itself, where more than one is varied. */
function effectLines(cells: readonly SweepCell[], colour: Colour): string[] {
  if ((cells[0]?.settings.length ?? 0) < 2) return [];
  const effects = mainEffects(cells, ['latency_p99', 'cost_month']);
  if (effects.length === 0) return [];
  const columns: GridColumn[] = [
    { title: 'main effect of', align: 'left' },
    { title: 'on', align: 'left' },
    { title: 'platform', align: 'left' },
    { title: 'least', align: 'right' },
    { title: 'at', align: 'right' },
    { title: 'most', align: 'right' },
    { title: 'at', align: 'right' },
  ];
  const rows = effects.slice(0, 20).map(({ path, metric, platform, unit, levels }): Cell[] => {
    const sorted = [...levels].sort((a, b) => a.mean - b.mean);
    const [least, most] = [sorted[0]!, sorted.at(-1)!]; // At least two levels, as mainEffects promises.
    return [path, metric, platform, figure(least.mean, unit), least.value, figure(most.mean, unit), most.value].map(
      (text) => ({ text: plainText(text) }),
    );
  });
  return ['', ...gridLines(columns, rows, colour)];
}
