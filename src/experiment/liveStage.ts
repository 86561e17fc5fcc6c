/**
 * What a live view must know before the first frame: names, arrows, sizes, what is planned to go wrong. Plain data.
 *
 * Its own file because it is told once, while frames come thirty times a second, and because the page draws from it
 * without knowing what a model is.
 */
import type { CompiledPlatform, CompiledScenario, Titled } from '../model/compiled.js';
import type { Model, ServiceModel, StepModel } from '../model/contract.js';
import { incidentPlans } from './replication.js';
import { type Arrow, findEdges } from './serviceGraph.js';

export interface LiveStage {
  readonly scenario: string;
  readonly description: string;
  readonly seed: string;
  /** From clock 0 to the end, and the part of it that is warm-up: nobody is billed there. */
  readonly lengthUs: number;
  readonly warmupUs: number;
  /** What clock 0 is called: minutes after midnight, and the day (0 is Monday); null: not said. */
  readonly starts: { readonly minuteOfDay: number; readonly dayIndex: number | null } | null;
  /** These three in the order in which frames count them: the model's. */
  readonly sources: readonly Titled[];
  readonly services: readonly Titled[];
  readonly databases: readonly Titled[];
  /** Places of the services in the order in which the file has them. */
  readonly serviceOrder: readonly number[];
  /** Queues between services by name, in the model's order, with the services that each delivers to. */
  readonly queues: readonly { readonly name: string; readonly services: readonly number[] }[];
  /** Arrows of the first platform; they are the same on all. */
  readonly edges: readonly Arrow[];
  /** All platforms of the scenario, and which of them are shown. */
  readonly choices: readonly Titled[];
  readonly shown: readonly StagePlatform[];
}

export interface StagePlatform extends Titled {
  readonly preset: string;
  /** Its colour: place among the platforms in order of their names. */
  readonly colourIndex: number;
  readonly claimedLevel: 0 | 1 | 2 | null;
  readonly ownsServers: boolean;
  /** Whether there are prices for anything of it. */
  readonly isBilled: boolean;
  /** What is left to the user to decide, and what the provider decides. */
  readonly yours: readonly string[];
  readonly theirs: readonly string[];
  readonly services: readonly StageService[];
  /** Connections of each database; null: no limit. */
  readonly connections: readonly (number | null)[];
  readonly incidents: readonly { readonly atUs: number; readonly name: string; readonly kind: string }[];
}

export interface StageService {
  /** Requests one instance works on at once; null: no limit. */
  readonly concurrency: number | null;
  readonly maxCount: number | null;
  readonly startsOnRequest: boolean;
  readonly vCpu: number;
  readonly memoryMb: number;
}

/** @param places in `compiled.platforms`, at least one */
export function stageOf(compiled: CompiledScenario, places: readonly number[]): LiveStage {
  const { name, description, seed, run, platforms } = compiled;
  const first = platforms[places[0]!]!;
  return {
    scenario: name,
    description,
    seed,
    lengthUs: run.warmupUs + run.durationUs,
    warmupUs: run.warmupUs,
    starts: run.starts && { minuteOfDay: run.starts.timeOfDayUs / 60e6, dayIndex: run.starts.weekday },
    sources: inOrder(first.titles.traffic, first.model.traffic),
    services: inOrder(first.titles.services, first.model.services),
    databases: inOrder(first.titles.databases, first.model.databases),
    serviceOrder: first.titles.services.map(({ name: called }) =>
      first.model.services.findIndex((service) => service.name === called),
    ),
    queues: queuesOf(first.model),
    edges: findEdges(first.model, meanRates(first.model)),
    choices: platforms.map(({ name, title }) => ({ name, title })),
    shown: places.map((place) => platformOf(platforms[place]!)),
  };
}

/** Titles stand in the order of the file; frames count in the model's. */
function inOrder(titles: readonly Titled[], parts: readonly { readonly name: string }[]): Titled[] {
  return parts.map(({ name }) => titles.find((titled) => titled.name === name) ?? { name, title: name });
}

function queuesOf({ queues = [], services }: Model): LiveStage['queues'] {
  const into = queues.map(() => new Set<number>());
  const walk = (steps: readonly StepModel[]): void => {
    for (const step of steps) {
      if (step.kind === 'send' && step.queue !== undefined) into[step.queue]?.add(step.service);
      else if (step.kind === 'parallel') step.branches.forEach(walk);
      else if (step.kind === 'choose') for (const { steps: chosen } of step.branches) walk(chosen);
      else if (step.kind === 'repeat') walk(step.steps);
    }
  };
  for (const { operations } of services) for (const { steps } of operations) walk(steps);
  return queues.map(({ name }, queue) => ({ name, services: [...(into[queue] ?? [])] }));
}

function meanRates({ traffic, warmupUs, durationUs }: Model): number[] {
  return traffic.map(({ arrivals }) =>
    'userCount' in arrivals ? 1 : arrivals.meanPerSecond(warmupUs, warmupUs + durationUs),
  );
}

function platformOf({ name, title, preset, colourIndex, levelFacts, model, billing }: CompiledPlatform): StagePlatform {
  return {
    name,
    title,
    preset,
    colourIndex,
    claimedLevel: levelFacts.claimed,
    ownsServers: levelFacts.ownsServers,
    isBilled: billing.charges.length > 0,
    yours: levelFacts.yours,
    theirs: levelFacts.theirs,
    services: model.services.map(serviceOf),
    connections: model.databases.map(({ connections }) => finite(connections)),
    incidents: incidentPlans(model).map(({ atUs, name: called, kind }) => ({ atUs, name: called, kind })),
  };
}

function serviceOf({ concurrency, dispatch, vCpu, memoryMb }: ServiceModel): StageService {
  return {
    concurrency: finite(concurrency),
    maxCount: finite(dispatch.maxCount),
    startsOnRequest: dispatch.kind === 'environments',
    vCpu,
    memoryMb,
  };
}

/** JSON knows no infinity, and a reader should not have to. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
