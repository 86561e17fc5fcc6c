/**
 * How much more traffic some settings bear: the largest `load` at which every objective holds, what gives way first
 * beyond it, and, where traffic grows, when that is.
 *
 * A generator like the plan's search, and for its reason. The edge is bracketed by doubling or halving, then bisected
 * until its ends are close. Its own file; checked by test/experiment/capacity.test.ts against a queue whose edge is
 * known in closed form.
 */
import type { CellPlatform } from './cells.js';
import type { Settings } from './designs.js';
import type { PlanSearch } from './planSearch.js';

export interface HeadroomQuestion {
  readonly platform: string;
  /** The settings whose room is asked for; without a load of their own. */
  readonly settings: Settings;
  /** The scenario's own load. */
  readonly load: number;
  readonly replications: number;
}

export interface Headroom {
  readonly platform: string;
  /** The largest load known to hold; 0 where not even a thousandth of the scenario's does. */
  readonly load: number;
  /** The smallest known not to hold; null where a thousandfold still did. */
  readonly breaksAt: number | null;
  /** What gives way there; null where nothing does. */
  readonly bottleneck: Bottleneck | null;
  /** False when it was stopped. */
  readonly complete: boolean;
}

export interface Bottleneck {
  readonly kind: 'cpu' | 'connections' | 'concurrency' | 'waiting' | 'none';
  /** Of the service or database. */
  readonly name: string;
  /** One clause, with the number that shows it. */
  readonly text: string;
  /** Objectives that are missed there. */
  readonly missed: readonly string[];
}

/** The two ends of the bracket end up this close, relatively. */
const precision = 0.02;
const farthest = 1000;

export function* searchHeadroom({ platform, settings, load, replications }: HeadroomQuestion): PlanSearch<Headroom> {
  let holds = 0;
  let breaks = Number.POSITIVE_INFINITY;
  let broken: CellPlatform | null = null;
  let at = load;
  while (breaks - holds > precision * holds || holds === 0) {
    const value = String(Number(at.toPrecision(6)));
    const [cell] = yield [{ settings: [...settings, { path: 'load', value }], platforms: [platform], replications }];
    if (!cell) return { platform, load: holds, breaksAt: null, bottleneck: null, complete: false };
    const result = cell.platforms[0] ?? null;
    if (result && cell.complete && isHolding(result)) holds = Number(value);
    else {
      breaks = Number(value);
      broken = result;
    }
    if (breaks === Number.POSITIVE_INFINITY) at = holds * 2;
    else if (holds === 0) at = breaks / 2;
    else at = (holds + breaks) / 2;
    if (at > load * farthest || at < load / farthest) break;
  }
  const isBroken = breaks < Number.POSITIVE_INFINITY;
  return {
    platform,
    load: holds,
    breaksAt: isBroken ? breaks : null,
    bottleneck: isBroken ? bottleneckOf(broken) : null,
    complete: true,
  };
}

/** Too few samples say nothing against it; a queue without end does. */
function isHolding({ meetsObjectives, untrusted }: CellPlatform): boolean {
  return meetsObjectives && untrusted.every(({ code }) => code === 'few-samples');
}

/** What is nearest to its limit: what refuses, else what is busiest, else where most is waited. */
export function bottleneckOf(result: CellPlatform | null): Bottleneck {
  if (!result) {
    const text = 'such a load cannot be simulated';
    return { kind: 'none', name: '', text, missed: [] };
  }
  const missed = result.objectives.filter(({ met }) => !met).map(({ text }) => text);
  const valueIn = (metrics: CellPlatform['metrics'], name: string): number => metrics[name]?.mean ?? 0;
  const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`;
  const refusing = result.services
    .map(({ name, metrics }) => {
      const share = valueIn(metrics, 'requests_rejected') / Math.max(1, valueIn(metrics, 'requests_offered'));
      return { kind: 'concurrency' as const, name, share, text: `${name} refuses ${percent(share)}: its concurrency` };
    })
    .filter(({ share }) => share > 0.001);
  const busy = [
    ...result.services.map(({ name, metrics }) => {
      const share = valueIn(metrics, 'utilisation');
      return { kind: 'cpu' as const, name, share, text: `${name} has its CPU ${percent(share)} busy` };
    }),
    ...result.databases.map(({ name, metrics }) => {
      const share = valueIn(metrics, 'utilisation');
      return {
        kind: 'connections' as const,
        name,
        share,
        text: `${name} has its connections ${percent(share)} in use`,
      };
    }),
  ].filter(({ share }) => share > 0.6);
  const waiting = [...result.services, ...result.databases].map(({ name, metrics }) => {
    const ms = valueIn(metrics, 'wait_mean');
    return { kind: 'waiting' as const, name, share: ms, text: `${name} lets its requests wait ${ms.toFixed(1)} ms` };
  });
  for (const group of [refusing, busy, waiting]) {
    const [most] = [...group].sort((a, b) => b.share - a.share);
    if (most && most.share > 0) return { kind: most.kind, name: most.name, text: most.text, missed };
  }
  return { kind: 'none', name: '', text: 'nothing is near its limit: the work itself takes that long', missed };
}

/**
 * After how many months of steady growth a load passes its headroom; null where it never does.
 *
 * @param growthPerMonth a share, > -1
 */
export function monthsUntil(load: number, headroom: number, growthPerMonth: number): number | null {
  if (load > headroom) return 0;
  if (growthPerMonth <= 0) return null;
  return Math.log(headroom / load) / Math.log(1 + growthPerMonth);
}
