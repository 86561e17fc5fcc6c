/**
 * The cheapest nearby change: where a platform misses an objective, one step on each of its own knobs (replicas, CPU
 * target, memory, idle time-out), simulated, and the cheapest that meets everything.
 *
 * A generator like the plan's search, and for its reason; its own file because it is no search for the best, only the
 * answer to "what would have helped?" that the report owes beside the worst minutes. Each change meets the visitors of
 * the recorded replication. Checked by test/experiment/nearby.test.ts.
 */
import type { CompiledScenario } from '../model/compiled.js';
import type { Scenario } from '../scenario/contract.js';
import type { CellOrder } from './cells.js';
import type { Setting, Settings } from './designs.js';
import { type Knob, knobsOf } from './knobs.js';
import type { NearbyChange, NearbyTry } from './nearbyFacts.js';
import type { PlanSearch } from './planSearch.js';

/** Platforms that are looked after at most, those that come nearest first. */
const mostPlatforms = 4;
/** In which direction a knob helps, and how far it is turned. Traffic and failures are not ours to change. */
const steps: Readonly<Partial<Record<Knob['kind'], readonly number[]>>> = {
  replicas: [1, 2],
  target: [-1, -2],
  memory: [1, 2],
  'idle-timeout': [1, 2],
};

/** @param missing platforms by name that miss an objective, in the order of the ranking */
export function* searchNearby(
  scenario: Scenario,
  compiled: CompiledScenario,
  missing: readonly string[],
): PlanSearch<readonly NearbyChange[]> {
  const wanted = missing.slice(0, mostPlatforms).flatMap((name) => changesOf(scenario, compiled, name));
  const orders = wanted.map(
    ({ platform, settings }): CellOrder => ({ settings, platforms: [platform], replications: 1 }),
  );
  const cells = orders.length === 0 ? [] : yield orders;
  const tries = wanted.flatMap(({ platform, words }, place): (NearbyTry & { readonly platform: string })[] => {
    const result = cells[place]?.platforms[0];
    const cost = result?.metrics['cost_month'];
    if (result === undefined || cost === undefined || cells[place]?.complete !== true) return [];
    return [{ platform, change: words, meetsObjectives: result.meetsObjectives, costMonthUsd: cost.mean }];
  });
  return missing.slice(0, mostPlatforms).map((platform) => {
    const tried = tries.flatMap(({ platform: own, ...one }) => (own === platform ? [one] : []));
    const best = tried
      .filter(({ meetsObjectives }) => meetsObjectives)
      .reduce<NearbyTry | null>((a, b) => (a === null || b.costMonthUsd < a.costMonthUsd ? b : a), null);
    return { platform, tried, best };
  });
}

interface Change {
  readonly platform: string;
  readonly settings: Settings;
  readonly words: string;
}

/** One step, and one further, on each knob that the platform has. */
function changesOf(scenario: Scenario, compiled: CompiledScenario, platform: string): Change[] {
  const place = compiled.platforms.findIndex(({ name }) => name === platform);
  if (place < 0) return [];
  return knobsOf(scenario, compiled, [place]).flatMap(({ kind, at, stops }) =>
    (steps[kind] ?? []).flatMap((step): Change[] => {
      const stop = stops[at + step];
      if (stop === undefined) return [];
      const settings = stop.overrides.map(({ path, value }) => ({ path, value: String(value) }));
      return [{ platform, settings, words: settings.map(written).join(' ') }];
    }),
  );
}

/** As a person would write it: names that need no quotes have none. */
function written({ path, value }: Setting): string {
  return `${path.replace(/"([\w-]+)"/g, '$1')}=${value}`;
}
