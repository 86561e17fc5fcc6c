/** Collects what a source announces, so that every test of this room asks in the same way. */
import { openStream } from '../../src/random/streams.js';
import type { ArrivalContext, ArrivalSpec } from '../../src/workload/arrivalSpec.js';
import { makeArrivals } from '../../src/workload/registry.js';

export const plain: ArrivalContext = { load: 1, modulation: null };

/** The arrivals before `untilUs`, at most `limit` of them. */
export function arrivalsOf(
  spec: ArrivalSpec,
  { untilUs = Infinity, limit = 1_000_000, context = plain, stream = 'arrivals' } = {},
): number[] {
  const process = makeArrivals(spec, context).start(openStream(stream));
  const times: number[] = [];
  for (let atUs = process.nextUs(); atUs < untilUs && times.length < limit; atUs = process.nextUs()) times.push(atUs);
  return times;
}
