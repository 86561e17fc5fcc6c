/** The kinds of arrivals there are: one line each. Scenario checking, help and the contract suite read this table. */
import type { ArrivalContext, ArrivalFamily, ArrivalSpec } from './arrivalSpec.js';
import { batch } from './batch.js';
import { bursty } from './bursty.js';
import { closedFault, makeClosed } from './closed.js';
import { constant } from './constant.js';
import type { ArrivalPlan } from './contract.js';
import { none } from './none.js';
import { poisson, poissonProfile } from './poisson.js';
import { renewal } from './renewal.js';
import { trace } from './trace.js';

type SpecOf<Kind extends ArrivalSpec['kind']> = Extract<ArrivalSpec, { readonly kind: Kind }>;

export const arrivalFamilies: { readonly [Kind in ArrivalSpec['kind']]: ArrivalFamily<SpecOf<Kind>> } = {
  poisson,
  'poisson-profile': poissonProfile,
  constant,
  renewal,
  bursty,
  batch,
  trace,
  none,
};

/** The closed crowd stands beside the table: it is a description for the engine, not a process. */
export const closedCrowd = { fault: closedFault, make: makeClosed } as const;

/** What is wrong with arrivals in their context, in words that tell the mend; nothing when they are right. */
export function arrivalFault(spec: ArrivalSpec, { load, modulation }: ArrivalContext): string | undefined {
  const family = familyOf(spec);
  if (!(load >= 0 && load < Infinity)) return 'the load must be a finite number and not negative';
  if (modulation !== null && !family.acceptsModulation)
    return `daily and weekly change a rate; ${spec.kind} arrivals have none to change`;
  return family.fault(spec);
}

/**
 * The arrivals of one source, to be started by each replication with its own draws.
 *
 * @throws RangeError when `arrivalFault` finds something: the caller should have asked first.
 */
export function makeArrivals(spec: ArrivalSpec, context: ArrivalContext): ArrivalPlan {
  const fault = arrivalFault(spec, context);
  if (fault !== undefined) throw new RangeError(`${spec.kind}: ${fault}`);
  return familyOf(spec).make(spec, context);
}

/** The cast says what the table's type says already: the family under a kind takes the specs of that kind. */
function familyOf(spec: ArrivalSpec): ArrivalFamily<ArrivalSpec> {
  return arrivalFamilies[spec.kind] as ArrivalFamily<ArrivalSpec>;
}
