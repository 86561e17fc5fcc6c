/**
 * Evenly spaced arrivals: the k-th at round(k / rate), so that rounding never accumulates. Takes no draws. In the
 * rhythm of days and weeks the k-th comes when the integral of the rate reaches k.
 */
import type { ArrivalFamily, ConstantSpec } from './arrivalSpec.js';
import type { ArrivalProcess } from './contract.js';
import { meanPace, type Pace, startPace } from './pace.js';
import { rateFault } from './rateFault.js';

export const constant: ArrivalFamily<ConstantSpec> = {
  kind: 'constant',
  acceptsModulation: true,
  fault: ({ ratePerSecond }) => rateFault(ratePerSecond),
  make({ ratePerSecond }, context) {
    const isStationary = context.modulation === null;
    return {
      kind: 'constant',
      isStationary,
      meanPerSecond: (fromUs, toUs) => ratePerSecond * meanPace(context, fromUs, toUs),
      start: () =>
        isStationary
          ? new ConstantProcess(ratePerSecond * context.load, null)
          : new ConstantProcess(ratePerSecond, startPace(context)),
    };
  },
};

class ConstantProcess implements ArrivalProcess {
  readonly entryIndex = 0;
  readonly traceWaitUs = 0;
  private readonly perSecond: number;
  /** Null where time passes evenly. */
  private readonly pace: Pace | null;
  private count = 0;

  constructor(perSecond: number, pace: Pace | null) {
    this.perSecond = perSecond;
    this.pace = pace;
  }

  nextUs(): number {
    this.count++;
    const plainUs = (this.count * 1e6) / this.perSecond;
    return Math.round(this.pace === null ? plainUs : this.pace.at(plainUs));
  }
}
