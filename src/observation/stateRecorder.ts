/**
 * States over the measured time: what waits, what is in service, what stands ready, as integrals between two readings
 * of the run's `StateView`. Its own file because a mean of a state needs no fact but the two readings; extremes
 * are followed fact by fact (`census.ts`), since extremes of services do not add up to the platform's.
 * Checked by hand-made states in test/observation.
 */
import { InstanceCensus, NodeCensus } from './census.js';
import type { InstanceFact, NodeFact, Observer, SampleMoment, StateView } from './contract.js';

/** What a service's state holds as integrals and counts: a stretch of time is worth the difference of two readings. */
const serviceFields = [
  'queueAreaUs',
  'inSystemAreaUs',
  'instanceAreaUs',
  'busyAreaUs',
  'cpuUsedUs',
  'cpuReadyUs',
  'cpuWastedUs',
  'availableUs',
  'scaleOutCount',
  'scaleInCount',
  'restartCount',
  'replacementCount',
  'coldStartCount',
  'waitingNow',
  'inSystemNow',
] as const;
const databaseFields = ['queueAreaUs', 'inSystemAreaUs', 'connectionAreaUs'] as const;
const poolFields = ['nodeAreaUs', 'cpuRequestedAreaUs', 'cpuAllocatableAreaUs'] as const;
type ServiceField = (typeof serviceFields)[number];
type DatabaseField = (typeof databaseFields)[number];
type PoolField = (typeof poolFields)[number];

/** Over the measured time: microseconds times what they count, and counts of events. */
export interface ServiceStates extends Readonly<Record<ServiceField, number>> {
  readonly instancesMin: number;
  readonly instancesMax: number;
  /** How many more wait at the end than where measuring began. */
  readonly waitingGrowth: number;
  /** How many more are inside, waiting or in service. */
  readonly insideGrowth: number;
}
export interface DatabaseStates extends Readonly<Record<DatabaseField, number>> {
  /** Connections of the server; Infinity without a limit. */
  readonly connectionLimit: number;
}
export type PoolStates = Readonly<Record<PoolField, number>>;
export interface PlatformStates {
  /** Length of the measured time, microseconds. */
  readonly measuredUs: number;
  readonly instancesMin: number;
  readonly instancesMax: number;
  readonly nodesMax: number;
  readonly entriesAvailableUs: number;
}

/** Reads the state where measuring begins and where the run ends; between them follows the extremes. */
export class StateRecorder implements Observer {
  services: ServiceStates[] = [];
  databases: DatabaseStates[] = [];
  pools: PoolStates[] = [];
  platform: PlatformStates = { measuredUs: 0, instancesMin: 0, instancesMax: 0, nodesMax: 0, entriesAvailableUs: 0 };
  private beginning: Reading | null = null;
  private readonly instances: InstanceCensus;
  private readonly nodes = new NodeCensus();

  /** @param startsByRequest of each service: whether requests start its instances, so that starting ones count too */
  constructor(startsByRequest: readonly boolean[]) {
    this.instances = new InstanceCensus(startsByRequest);
  }

  instanceChanged(fact: InstanceFact): void {
    this.instances.hear(fact);
  }

  nodeChanged(fact: NodeFact): void {
    this.nodes.hear(fact);
  }

  sampled(state: StateView, moment: SampleMoment): void {
    if (moment === 'measuring-begins') {
      this.beginning = readState(state);
      this.instances.restart(state.nowUs);
      this.nodes.restart(state.nowUs);
    } else if (moment === 'run-ends') this.close(state);
  }

  private close(state: StateView): void {
    const end = readState(state);
    const start = this.beginning;
    this.instances.settle(state.nowUs);
    this.nodes.settle(state.nowUs);
    this.services = end.services.map((service, index) => ({
      ...difference(service, start?.services[index]),
      waitingGrowth: service.waitingNow - (start?.services[index]?.waitingNow ?? 0),
      insideGrowth: service.inSystemNow - (start?.services[index]?.inSystemNow ?? 0),
      instancesMin: this.instances.ofServices[index]!.min,
      instancesMax: this.instances.ofServices[index]!.max,
    }));
    this.databases = end.databases.map((database, index) => ({
      ...difference(database, start?.databases[index]),
      connectionLimit: state.database.connectionLimit[index]!,
    }));
    this.pools = end.pools.map((pool, index) => difference(pool, start?.pools[index]));
    this.platform = {
      measuredUs: end.nowUs - (start?.nowUs ?? 0),
      instancesMin: this.instances.ofPlatform.min,
      instancesMax: this.instances.ofPlatform.max,
      nodesMax: this.nodes.extremes.max,
      entriesAvailableUs: end.entriesAvailableUs - (start?.entriesAvailableUs ?? 0),
    };
  }
}

/** Integrals and counts from clock 0, copied: the state itself is reused. */
interface Reading {
  readonly nowUs: number;
  readonly services: readonly Record<ServiceField, number>[];
  readonly databases: readonly Record<DatabaseField, number>[];
  readonly pools: readonly Record<PoolField, number>[];
  readonly entriesAvailableUs: number;
}

function readState(state: StateView): Reading {
  return {
    nowUs: state.nowUs,
    services: columnsToRows(state.service, serviceFields),
    databases: columnsToRows(state.database, databaseFields),
    pools: columnsToRows(state.pool, poolFields),
    entriesAvailableUs: state.entriesAvailable[0] ?? 0,
  };
}

function columnsToRows<F extends string>(
  columns: Readonly<Record<F, Float64Array>>,
  fields: readonly F[],
): Record<F, number>[] {
  const rowCount = columns[fields[0]!].length;
  return Array.from({ length: rowCount }, (_, index) => {
    const entries = fields.map((field) => [field, columns[field][index]!] as const);
    return Object.fromEntries(entries) as Record<F, number>; // Every field of F has just been given.
  });
}

function difference<F extends string>(end: Record<F, number>, start: Record<F, number> | undefined): Record<F, number> {
  if (!start) return end;
  const result = { ...end };
  for (const field of Object.keys(end) as F[]) result[field] = end[field] - start[field];
  return result;
}
