/**
 * What a run remembers of each traffic source: its process of arrivals, or its crowd; and the key of its visitors.
 */
import type { Model, RetryModel, TrafficModel } from '../model/contract.js';
import type { Sampler } from '../random/contract.js';
import { countDistributions } from '../random/registry.js';
import { openStream, streamKey } from '../random/streams.js';
import type { ArrivalProcess } from '../workload/contract.js';
import type { DirectStep } from './directSources.js';
import type { OperationEntry, Program } from './program.js';

export class SourceState {
  /** Its place among the sources. */
  readonly index: number;
  readonly spec: TrafficModel;
  /** The place of everything this source's visitors bring: (seed, replication, source). */
  readonly keyA: number;
  readonly keyB: number;
  /** Open sources: who comes when. */
  readonly process: ArrivalProcess | null;
  /** Closed crowds: how long a user thinks, and each user's count of visits. */
  readonly think: Sampler | null;
  readonly userCount: number;
  /** Users are numbered through over all crowds; this one's begin here. */
  readonly firstUser: number;
  readonly visits: Float64Array;
  /** Which customer a visitor is, from 1; null where every visitor is his own. */
  readonly customers: Sampler | null;
  /** Each way between visitor and entry where it is constant, whole microseconds; NaN where it is drawn. */
  readonly clientUs: number;
  readonly timesOutWhileQueued: boolean;
  /** Whether its process says which entry a visitor asks at, or what his row carries. */
  readonly bringsMore: boolean;
  /** Patience where it is constant, whole microseconds; NaN where it is drawn, or without end. */
  readonly timeoutUs: number;
  /** Lanes of its constant delays, -1 without: the way out, the way back, patience. Set when the run opens. */
  outLane = -1;
  backLane = -1;
  timeoutLane = -1;
  arrivedCount = 0;
  endedCount = 0;
  /** The one step of its visits where they are direct; null: they go the general way. Set when the run opens. */
  direct: DirectStep | null = null;

  /** Where its visitors ask; the one place, where there is only one. */
  readonly entries: readonly OperationEntry[];
  readonly onlyEntry: OperationEntry | null;
  readonly retries: RetryModel | null;

  constructor(model: Model, index: number, program: Program, replicationIndex: number, firstUser: number) {
    const spec = model.traffic[index]!;
    const { seed } = model;
    this.index = index;
    this.spec = spec;
    this.entries = spec.entries.map(({ service, operation }) => program.operations[service]![operation]!);
    this.onlyEntry = this.entries.length === 1 ? this.entries[0]! : null;
    this.retries = spec.retries;
    this.firstUser = firstUser;
    [this.keyA, this.keyB] = streamKey(seed, replicationIndex, 'visitors', spec.name);
    const { arrivals } = spec;
    if ('userCount' in arrivals) {
      this.process = null;
      this.think = arrivals.think;
      this.userCount = arrivals.userCount;
    } else {
      this.process = arrivals.start(openStream(seed, replicationIndex, 'arrivals', spec.name));
      this.think = null;
      this.userCount = 0;
    }
    this.visits = new Float64Array(this.userCount);
    const { keys } = spec;
    this.customers = keys && countDistributions.zipf.make({ count: keys.count, exponent: keys.zipf });
    this.clientUs = constantUs(spec.client);
    this.timeoutUs = spec.timeout ? constantUs(spec.timeout.after) : Number.NaN;
    this.bringsMore = spec.entries.length > 1 || !('userCount' in arrivals || arrivals.kind.startsWith('poisson'));
    this.timesOutWhileQueued = spec.timeout?.isWhileQueued === true;
  }
}

/** A sampler's one value, rounded to whole microseconds; NaN when it has more than one. */
export function constantUs(sampler: Sampler): number {
  return sampler.kind === 'constant' ? Math.round(sampler.mean) : Number.NaN;
}
