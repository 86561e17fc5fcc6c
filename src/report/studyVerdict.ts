/**
 * What a sweep or a plan comes to, in one sentence: the page's first line. Its own file because a verdict weighs
 * objectives before costs, where the tables and charts show either.
 */
import type { Cell, CellPlatform } from '../experiment/cells.js';
import type { PlanResult } from '../experiment/planDocument.js';
import { counted, figure, listNames } from './figures.js';
import { lastPart } from './settingPaths.js';

/**
 * Who is cheapest of those that meet every objective, in how many of the cells. Of a single platform: in how many cells
 * it meets them.
 */
export function sweepVerdict(cells: readonly Cell[]): string {
  const simulated = cells.filter(({ platforms }) => platforms.length > 0);
  const count = simulated.length;
  const [first] = simulated;
  if (!first) return 'No cell could be simulated.';
  const hasObjectives = first.platforms.some(({ objectives }) => objectives.length > 0);
  const [only, ...others] = first.platforms;
  if (only && others.length === 0) {
    const meets = simulated.filter(({ platforms: [one] }) => one?.meetsObjectives).length;
    if (hasObjectives) return `${only.title} meets every objective in ${meets} of ${counted(count, 'cell')}.`;
    return `${only.title} costs from ${costRange(simulated)} a month over ${counted(count, 'cell')}.`;
  }
  const wins = new Map<string, number>();
  let lost = 0;
  for (const { platforms } of simulated) {
    const title = cheapestOf(platforms)?.title;
    if (title === undefined) lost++;
    else wins.set(title, (wins.get(title) ?? 0) + 1);
  }
  const whom = hasObjectives ? 'the cheapest that meets every objective' : 'the cheapest';
  const told = [...wins]
    .sort(([, a], [, b]) => b - a)
    .map(([title, times], place) => `${title} ${place === 0 ? `is ${whom} ` : ''}in ${times}`);
  const all = `of ${counted(count, 'cell')}`;
  if (told.length === 0) return `No platform meets every objective in any ${all}.`;
  return `${listNames(lost > 0 ? [...told, `none in ${lost}`] : told)} ${all}.`;
}

function cheapestOf(platforms: readonly CellPlatform[]): CellPlatform | undefined {
  const cost = ({ metrics }: CellPlatform): number => metrics['cost_month']?.mean ?? Number.POSITIVE_INFINITY;
  return platforms.filter(({ meetsObjectives }) => meetsObjectives).sort((a, b) => cost(a) - cost(b))[0];
}

function costRange(cells: readonly Cell[]): string {
  const costs = cells.flatMap(({ platforms: [one] }) => one?.metrics['cost_month']?.mean ?? []);
  return `${figure(Math.min(...costs), 'USD')} to ${figure(Math.max(...costs), 'USD')}`;
}

/** `Take fargate with replicas 4: $103 a month, p99 64.2 ms.` */
export function planVerdict({ found, space }: PlanResult): string {
  const { winner, isSure } = found;
  if (!winner) return 'No settings meet the objectives within these ranges.';
  const settings = winner.settings.map(({ path, value }) => `${lastPart(path)} ${value}`);
  const p99 = winner.result?.metrics['latency_p99'];
  const worth =
    space.minimise === 'cost_month'
      ? `${figure(winner.cost?.mean, 'USD')} a month`
      : `${space.minimise} ${figure(winner.cost?.mean, winner.cost?.unit ?? '1')}`;
  const fast = p99 === undefined ? '' : `, p99 ${figure(p99.mean, p99.unit)}`;
  const doubt = isSure ? '' : ', though an interval still holds a limit';
  const how = settings.length === 0 ? '' : ` with ${listNames(settings)}`;
  return `Take ${winner.platform}${how}: ${worth}${fast}${doubt}.`;
}
