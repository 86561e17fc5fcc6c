/**
 * Adding usages: of replications, of parts of a run, of workers. Its own file because usage is whole numbers and
 * adding them loses nothing, in whatever order; what is measured adds up too, so a sum scaled by its measured time is
 * the mean.
 */
import type { Usage } from './contract.js';

/** @throws RangeError when the two are of different plans or models */
export function sumUsage(a: Usage, b: Usage): Usage {
  const fits =
    a.charges.length === b.charges.length &&
    a.nodeActivity.length === b.nodeActivity.length &&
    a.activity.length === b.activity.length &&
    a.activity.every(({ service }, index) => service === b.activity[index]!.service);
  if (!fits) throw new RangeError('usages of different plans cannot be added');
  return {
    measuredUs: add(a.measuredUs, b.measuredUs),
    charges: a.charges.map((charge, index) => {
      const other = b.charges[index]!;
      return {
        quantity: add(charge.quantity, other.quantity),
        workedUs: add(charge.workedUs, other.workedUs),
        waitingUs: add(charge.waitingUs, other.waitingUs),
        minimumUs: add(charge.minimumUs ?? '0', other.minimumUs ?? '0'),
      };
    }),
    activity: a.activity.map(({ service, instanceUs, busyUs }, index) => {
      const other = b.activity[index]!;
      return { service, instanceUs: add(instanceUs, other.instanceUs), busyUs: add(busyUs, other.busyUs) };
    }),
    nodeActivity: a.nodeActivity.map(({ requested, allocatable }, index) => {
      const other = b.nodeActivity[index]!;
      return { requested: add(requested, other.requested), allocatable: add(allocatable, other.allocatable) };
    }),
  };
}

function add(a: string, b: string): string {
  return (BigInt(a) + BigInt(b)).toString();
}
