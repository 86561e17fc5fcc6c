/**
 * How much more traffic some settings bear: the largest `load` at which every objective holds, what gives way first
 * beyond it, and, where traffic grows, when that is.
 *
 * A generator like the plan's search, and for its reason. The edge is bracketed by doubling or halving, then bisected
 * until its ends are close. Its own file; checked by test/experiment/capacity.test.ts against a queue whose edge is
 * known in closed form.
 */
import type { Model } from '../model/contract.js';
import type { Scenario } from '../scenario/contract.js';
import { type CellPlatform, prepareCell } from './cells.js';
import type { Settings } from './designs.js';
import { type LimitInUse, limitsInUse } from './limitsInUse.js';
import type { PlanSearch } from './planSearch.js';

export interface HeadroomQuestion {
  readonly scenario: Scenario;
  readonly platform: string;
  /** The settings whose room is asked for; without a load of their own. */
  readonly settings: Settings;
  readonly replications: number;
}

export interface Headroom {
  readonly platform: string;
  /** The largest load known to hold; 0 where not even a thousandth of the scenario's does. */
  readonly load: number;
  /** The smallest known not to hold; null where all that was tried did: a thousandfold, or a million visitors. */
  readonly breaksAt: number | null;
  /** What gives way there; null where nothing does. */
  readonly bottleneck: Bottleneck | null;
  /** False when it was stopped. */
  readonly complete: boolean;
}

export interface Bottleneck {
  readonly kind: LimitInUse['kind'] | 'waiting' | 'none';
  /** Of the service or database; of the account's limit, the words that set it. */
  readonly name: string;
  /** One clause, with the number that shows it. */
  readonly text: string;
  /** Objectives that are missed there. */
  readonly missed: readonly string[];
}

/** The two ends of the bracket end up this close, relatively. */
const precision = 0.02;
const farthest = 1000;
/** Of one replication: beyond it only `alwaysTried` times today is tried, for what never gives way has no end. */
const mostVisitors = 1_000_000;
const alwaysTried = 4;

export function* searchHeadroom(question: HeadroomQuestion): PlanSearch<Headroom> {
  const { scenario, platform, settings, replications } = question;
  const { load } = scenario;
  let holds = 0;
  let breaks = Number.POSITIVE_INFINITY;
  let broken: CellPlatform | null = null;
  let visitorsPerLoad = 0;
  let at = load;
  while (breaks - holds > precision * holds || holds === 0) {
    const value = String(Number(at.toPrecision(6)));
    const [cell] = yield [{ settings: [...settings, { path: 'load', value }], platforms: [platform], replications }];
    if (!cell) return { platform, load: holds, breaksAt: null, bottleneck: null, complete: false };
    const result = cell.platforms[0] ?? null;
    if (result && cell.complete && isHolding(result)) {
      holds = Number(value);
      visitorsPerLoad = (result.metrics['requests_offered']?.mean ?? 0) / holds;
    } else {
      breaks = Number(value);
      broken = result;
    }
    if (breaks === Number.POSITIVE_INFINITY) at = holds * 2;
    else if (holds === 0) at = breaks / 2;
    else at = (holds + breaks) / 2;
    if (at > load * farthest || at < load / farthest) break;
    if (breaks === Number.POSITIVE_INFINITY && at > load * alwaysTried && at * visitorsPerLoad > mostVisitors) break;
  }
  const isBroken = breaks < Number.POSITIVE_INFINITY;
  return {
    platform,
    load: holds,
    breaksAt: isBroken ? breaks : null,
    bottleneck: isBroken ? bottleneckOf(modelAt(question, breaks), broken) : null,
    complete: true,
  };
}

/** The platform as the search had it simulated; null where such a load cannot be. */
function modelAt({ scenario, platform, settings, replications }: HeadroomQuestion, load: number): Model | null {
  const order = { settings: [...settings, { path: 'load', value: String(load) }], platforms: [platform], replications };
  const prepared = prepareCell(scenario, order);
  if ('issues' in prepared) return null;
  return prepared.compiled.platforms.find(({ name }) => name === platform)?.model ?? null;
}

/** Too few samples say nothing against it; a queue without end does. */
function isHolding({ meetsObjectives, untrusted }: CellPlatform): boolean {
  return meetsObjectives && untrusted.every(({ code }) => code === 'few-samples');
}

/**
 * What gives way: what refuses and is fullest, else the cause of what is fullest, else where most is waited.
 *
 * @param model as it is at that load; null where such a load cannot be
 */
export function bottleneckOf(model: Model | null, result: CellPlatform | null): Bottleneck {
  if (!result || !model) return { kind: 'none', name: '', text: 'such a load cannot be simulated', missed: [] };
  const missed = result.objectives.filter(({ met }) => !met).map(({ text }) => text);
  const limit = narrowest(limitsInUse(model, result), refusingServices(result));
  if (limit) {
    const { kind, name, what, share } = limit;
    const owner = kind === 'account' ? 'the account' : kind === 'pool' ? `an instance of ${name}` : name;
    return { kind, name, text: `${owner} has ${what} ${percent(share)} ${wordOf(kind)}`, missed };
  }
  const [most] = [...result.services, ...result.databases]
    .map(({ name, metrics }) => ({ name, ms: metrics['wait_mean']?.mean ?? 0 }))
    .sort((a, b) => b.ms - a.ms);
  if (most && most.ms > 0) {
    const { name, ms } = most;
    return { kind: 'waiting', name, text: `${name} lets its requests wait ${ms.toFixed(1)} ms`, missed };
  }
  return { kind: 'none', name: '', text: 'nothing is near its limit: the work itself takes that long', missed };
}

/**
 * Of limits ordered by cause the first that is nearly as full as the fullest: what waits for it is full too. Where
 * requests are refused, a limit of who refuses them, however full in the mean, unless something behind is exhausted.
 */
function narrowest(limits: readonly LimitInUse[], refusing: ReadonlySet<string>): LimitInUse | null {
  const isOfRefusing = ({ services }: LimitInUse): boolean => services.some((name) => refusing.has(name));
  const full = limits.filter((one) => one.share > (refusing.size === 0 ? 0.6 : isOfRefusing(one) ? 0 : 0.9));
  const most = Math.max(...full.map(({ share }) => share));
  return full.find(({ share }) => share > 0.8 * most) ?? null;
}

/** Those that refuse more than one in a thousand. */
function refusingServices({ services }: CellPlatform): Set<string> {
  const refusedShare = ({ metrics }: CellPlatform['services'][number]): number =>
    (metrics['requests_rejected']?.mean ?? 0) / Math.max(1, metrics['requests_offered']?.mean ?? 0);
  return new Set(services.filter((one) => refusedShare(one) > 0.001).map(({ name }) => name));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`;
}

function wordOf(kind: LimitInUse['kind']): string {
  return kind === 'cpu' || kind === 'database-cpu' ? 'busy' : 'in use';
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
