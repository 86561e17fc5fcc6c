/**
 * The meters that are known, by kind. Add a meter: one file beside this one, one line here, one word in the contract.
 */
import type { Meter, MeterKind } from '../contract.js';
import { activeTime } from './activeTime.js';
import { balancerUnits } from './balancerUnits.js';
import type { Hearing, MeterFrame, MeterMember, RunningMeter } from './contract.js';
import { idleTime } from './idleTime.js';
import { instanceTime } from './instanceTime.js';
import { invocations } from './invocations.js';
import { invocationTime } from './invocationTime.js';
import { measuredTime } from './measuredTime.js';
import { nodeTime } from './nodeTime.js';
import { queries } from './queries.js';
import { queueRequests } from './queueRequests.js';
import { starts } from './starts.js';
import { tailTime } from './tailTime.js';
import { visitBytes } from './visitBytes.js';
import { visits } from './visits.js';
import { zoneBytes } from './zoneBytes.js';

const members: { readonly [Kind in MeterKind]: MeterMember<Kind> } = {
  invocations,
  'invocation-time': invocationTime,
  'active-time': activeTime,
  'idle-time': idleTime,
  'instance-time': instanceTime,
  'tail-time': tailTime,
  'node-time': nodeTime,
  'measured-time': measuredTime,
  visits,
  'visit-bytes': visitBytes,
  'balancer-units': balancerUnits,
  queries,
  'queue-requests': queueRequests,
  'zone-bytes': zoneBytes,
  starts,
};

/** Starts the meter in a run. @throws RangeError when it names something the run has not */
export function startMeter<M extends Meter>(meter: M, frame: MeterFrame): RunningMeter {
  // The table gives each kind its own member, which TypeScript cannot follow through a union.
  const member = members[meter.kind] as unknown as { start(meter: M, frame: MeterFrame): RunningMeter };
  return member.start(meter, frame);
}

export function hearingsOf({ kind }: Meter): readonly Hearing[] {
  return members[kind].hears;
}

/** Parts of the meter's quantity in one measure of a charge: a second, a piece, a unit-hour. */
export function partsPerMeasure({ kind }: Meter): bigint {
  return members[kind].partsPerMeasure;
}
