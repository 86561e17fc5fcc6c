/**
 * A closed crowd: a fixed number of users, each waiting for the answer before he thinks and asks again. Only its
 * description lives here; the engine walks it, for only the engine knows when an answer came.
 */
import type { ClosedPlan } from './contract.js';

/** What is wrong with a crowd of `userCount`, in words that tell the mend; nothing when it is right. */
export function closedFault(userCount: number): string | undefined {
  if (!Number.isFinite(userCount)) return 'the number of users must be a finite number';
  return Number.isInteger(userCount) && userCount >= 1 ? undefined : 'users must be a whole number from 1 up';
}

/** The crowd at a load: a crowd has no rate of its own, so `load` multiplies its users, rounded to whole ones. */
export function makeClosed(userCount: number, load: number): ClosedPlan {
  const fault = closedFault(userCount);
  if (fault !== undefined) throw new RangeError(fault);
  return { kind: 'closed', userCount: Math.round(userCount * load) };
}
