/**
 * The service graph: who calls whom, and how often. Its own file because it walks the model's steps, and needs of the
 * run only how many visitors came and how busy everyone was.
 *
 * How often is expected from chances and repeats, from the visitors that came; retries and early ends by errors of
 * others are not in it. A call cycle of low chance is followed until what is left of it no longer matters.
 */
import type { CompiledPlatform } from '../model/compiled.js';
import type { Model, StepModel } from '../model/contract.js';
import type { EdgeLatency } from '../observation/edgeLatencies.js';
import type { ScopeResult } from './contract.js';
import type { GraphEdge, ServiceGraph } from './graphFacts.js';
import { firstToSaturate } from './saturation.js';

interface Results {
  readonly traffic: readonly ScopeResult[];
  readonly services: readonly ScopeResult[];
  readonly databases: readonly ScopeResult[];
  /** Visitors of each source per second of the measured time. */
  readonly visitsPerSecond: readonly number[];
  readonly edges: readonly EdgeLatency[];
}

export function serviceGraph({ model, titles }: CompiledPlatform, results: Results): ServiceGraph {
  const utilisationOf = (scopes: readonly ScopeResult[], name: string): number | null =>
    scopes.find((scope) => scope.name === name)?.metrics['utilisation']?.mean ?? null;
  const services = titles.services.map((one) => ({ ...one, utilisation: utilisationOf(results.services, one.name) }));
  const databases = titles.databases.map((one) => ({
    ...one,
    utilisation: utilisationOf(results.databases, one.name),
  }));
  const candidates = [
    ...services.map(({ name, utilisation }) => ({ kind: 'service' as const, name, utilisation })),
    ...databases.map(({ name, utilisation }) => ({ kind: 'database' as const, name, utilisation })),
  ].filter(({ utilisation }) => utilisation !== null);
  const [busiest] = candidates.sort((a, b) => (b.utilisation ?? 0) - (a.utilisation ?? 0));
  return {
    services,
    databases,
    edges: findEdges(model, results.visitsPerSecond).map((edge) => ({
      ...edge,
      latencyP99Ms: p99Of(model, edge, results),
    })),
    busiest: busiest ? { kind: busiest.kind, name: busiest.name } : null,
    firstToSaturate: firstToSaturate(model, results.services, results.databases),
  };
}

/** A source's visitors see what is asked for as a whole; calls and queries are timed for each who asks. */
function p99Of(model: Model, { from, to, kind }: Arrow, { traffic, edges }: Results): number | null {
  if (kind === 'visit') return traffic.find(({ name }) => name === from.name)?.metrics['latency_p99']?.mean ?? null;
  const place = (all: readonly { readonly name: string }[], wanted: string): number =>
    all.findIndex(({ name }) => name === wanted);
  const isQuery = to.kind === 'database';
  const [caller, target] = [
    place(model.services, from.name),
    place(isQuery ? model.databases : model.services, to.name),
  ];
  const edge = edges.find((one) => one.caller === caller && one.isQuery === isQuery && one.target === target);
  return edge === undefined ? null : edge.p99Us / 1000;
}

/** Rounds of calls after which a chain of calls counts as ended; spans deeper than 100 fail anyway. */
const depthLimit = 100;
const negligiblePerSecond = 1e-9;

export type Arrow = Omit<GraphEdge, 'latencyP99Ms'>;

/** Calls per second on each arrow; unknown where a log chooses the entry. */
class Arrows {
  private readonly arrows = new Map<string, { edge: Arrow; perSecond: number | null }>();

  add(edge: Omit<Arrow, 'callsPerSecond'>, perSecond: number | null): void {
    const key = JSON.stringify([edge.from, edge.to, edge.kind]);
    const arrow = this.arrows.get(key) ?? { edge: { ...edge, callsPerSecond: null }, perSecond: 0 };
    arrow.perSecond = arrow.perSecond === null || perSecond === null ? null : arrow.perSecond + perSecond;
    this.arrows.set(key, arrow);
  }

  edges(): Arrow[] {
    return [...this.arrows.values()].map(({ edge, perSecond }) => ({ ...edge, callsPerSecond: perSecond }));
  }
}

/** Every arrow of a platform's services, with what is expected on it at these visits of each source. */
export function findEdges(model: Model, visitsPerSecond: readonly number[]): Arrow[] {
  const arrows = new Arrows();
  let round = new Map<string, Visit>();
  model.traffic.forEach((source, place) => {
    const perSecond = source.entries.length === 1 ? (visitsPerSecond[place] ?? 0) : null;
    for (const { service, operation } of source.entries) {
      const from = { kind: 'traffic' as const, name: source.name };
      arrows.add({ from, to: serviceEnd(model, service), kind: 'visit' }, perSecond);
      visit(round, service, operation, perSecond);
    }
  });
  const seen = new Set<string>();
  for (let depth = 0; depth < depthLimit && round.size > 0; depth++) {
    const next = new Map<string, Visit>();
    for (const [key, { service, operation, perSecond }] of round) {
      // An operation that is only known to be called is walked once, so that its arrows are drawn.
      const isNegligible = perSecond === null || perSecond < negligiblePerSecond;
      const walked = `${key} ${perSecond === null}`;
      if (isNegligible && seen.has(walked)) continue;
      seen.add(walked);
      walk({ model, arrows, next, service }, model.services[service]!.operations[operation]!.steps, perSecond);
    }
    round = next;
  }
  return arrows.edges();
}

interface Visit {
  readonly service: number;
  readonly operation: number;
  readonly perSecond: number | null;
}

function visit(round: Map<string, Visit>, service: number, operation: number, perSecond: number | null): void {
  const key = `${service}.${operation}`;
  const before = round.get(key);
  const together = perSecond === null || before?.perSecond === null ? null : (before?.perSecond ?? 0) + perSecond;
  round.set(key, { service, operation, perSecond: together });
}

interface Walk {
  readonly model: Model;
  readonly arrows: Arrows;
  readonly next: Map<string, Visit>;
  /** The service whose operation is walked. */
  readonly service: number;
}

/** Follows a list of steps gone `perSecond` times a second; returns how often its end is reached. */
function walk(at: Walk, steps: readonly StepModel[], perSecond: number | null): number | null {
  let rate = perSecond;
  for (const step of steps) rate = walkStep(at, step, rate);
  return rate;
}

function walkStep(at: Walk, step: StepModel, perSecond: number | null): number | null {
  const times = (factor: number): number | null => (perSecond === null ? null : perSecond * factor);
  const from = { kind: 'service' as const, name: at.model.services[at.service]!.name };
  switch (step.kind) {
    case 'query': {
      const name = at.model.databases[step.database]!.name;
      at.arrows.add({ from, to: { kind: 'database', name }, kind: 'query' }, perSecond);
      return perSecond;
    }
    case 'call':
    case 'send':
      at.arrows.add({ from, to: serviceEnd(at.model, step.service), kind: step.kind }, perSecond);
      visit(at.next, step.service, step.operation, perSecond);
      return perSecond;
    case 'parallel':
      for (const branch of step.branches) walk(at, branch, perSecond);
      return perSecond;
    case 'choose':
      for (const branch of step.branches) walk(at, branch.steps, times(branch.chance));
      return perSecond;
    case 'repeat':
      walk(at, step.steps, times(typeof step.times === 'number' ? step.times : step.times.geometricMean));
      return perSecond;
    case 'fail':
      return times(1 - step.chance);
    default:
      return perSecond;
  }
}

function serviceEnd(model: Model, service: number): GraphEdge['to'] {
  return { kind: 'service', name: model.services[service]!.name };
}
