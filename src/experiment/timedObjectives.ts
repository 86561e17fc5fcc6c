/**
 * Objectives with a time of their own: `from` a moment on, or `every` so long `in` a share of the windows. Its own file
 * because they need measuring of their own in every replication, and nothing but the judge reads what comes of it.
 */
import type { Model } from '../model/contract.js';
import { type SpellFacts, Spells } from '../observation/spells.js';
import type { ObjectiveSpec } from '../scenario/contract.js';
import { measure, type Numbers, type ReplicationNumbers } from './measures.js';
import { metricEntry, metricNameOf } from './metricCatalogue.js';

/** The objectives that need spells, in their order. */
export function timedObjectives(objectives: readonly ObjectiveSpec[]): ObjectiveSpec[] {
  return objectives.filter(isTimed);
}

export function isTimed({ fromUs, everyUs }: ObjectiveSpec): boolean {
  return fromUs !== undefined || everyUs !== undefined;
}

/** Whether what one measures answers the other: the same metric over the same time, whatever is asked of it. */
export function isSameMeasurement(one: ObjectiveSpec, other: ObjectiveSpec): boolean {
  return (
    metricNameOf(one) === metricNameOf(other) &&
    one.scope === other.scope &&
    one.fromUs === other.fromUs &&
    one.everyUs === other.everyUs
  );
}

/** Watches one run for one timed objective. */
export class ObjectiveWatch {
  readonly spells: Spells;
  private readonly objective: ObjectiveSpec;
  private readonly model: Model;

  constructor(objective: ObjectiveSpec, model: Model) {
    const { fromUs = 0, everyUs = null, withinUs } = objective;
    const startsByRequest = model.services.map(({ dispatch }) => dispatch.kind === 'environments');
    const facts = factsBehind(objective, model);
    this.objective = objective;
    this.model = model;
    this.spells = new Spells({ fromUs, everyUs, facts }, startsByRequest, withinUs === undefined ? [] : [withinUs]);
  }

  /** The metric in each spell, null where it has no value there. */
  values(): (number | null)[] {
    const name = metricNameOf(this.objective);
    const isCounted = this.model.traffic.map((source) => source.isCounted);
    const withinNames = this.objective.withinUs === undefined ? [] : [name];
    return this.spells.spells().map((spell) => {
      const numbers = this.inScope(measure({ ...spell, isCounted, withinNames }));
      const value = numbers && Object.hasOwn(numbers, name) ? numbers[name] : undefined;
      return value !== undefined && Number.isFinite(value) ? value : null;
    });
  }

  private inScope({ platform, services, traffic, databases }: ReplicationNumbers): Numbers | undefined {
    const place = scopeOf(this.objective, this.model);
    if (!place) return undefined;
    return { P: [platform], S: services, T: traffic, D: databases }[place.letter][place.slot];
  }
}

type Place = { readonly letter: 'P' | 'S' | 'T' | 'D'; readonly slot: number };

/**
 * What the objective's scope names, as `objectives.ts` reads it; undefined for releases and faults, which have no
 * windows.
 */
function scopeOf(objective: ObjectiveSpec, { services, traffic, databases }: Model): Place | undefined {
  const { scope } = objective;
  if (scope === null) return { letter: 'P', slot: 0 };
  const given = metricEntry(metricNameOf(objective))?.scopes ?? '';
  const lists = [
    ['S', services],
    ['T', traffic],
    ['D', databases],
  ] as const;
  for (const [letter, list] of lists) {
    const slot = list.findIndex(({ name }) => name === scope);
    if (slot >= 0 && given.includes(letter)) return { letter, slot };
  }
  return undefined;
}

/** Waits and cold starts are the spans' even where the platform's visitors are meant. */
function factsBehind(objective: ObjectiveSpec, model: Model): SpellFacts {
  const place = scopeOf(objective, model);
  if (place?.letter === 'D') return 'queries';
  const isOfSpans = /^(wait|cold)_/.test(metricNameOf(objective));
  return place?.letter === 'S' || isOfSpans ? 'spans' : 'visitors';
}
