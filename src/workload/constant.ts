/** Evenly spaced arrivals: the k-th at round(k / rate), so that rounding never accumulates. Takes no draws. */
import type { ArrivalFamily, ConstantSpec } from './arrivalSpec.js';
import type { ArrivalProcess } from './contract.js';
import { rateFault } from './rateFault.js';

export const constant: ArrivalFamily<ConstantSpec> = {
  kind: 'constant',
  acceptsModulation: false,
  fault: ({ ratePerSecond }) => rateFault(ratePerSecond),
  make({ ratePerSecond }, { load }) {
    const perSecond = ratePerSecond * load;
    return {
      kind: 'constant',
      isStationary: true,
      meanPerSecond: () => perSecond,
      start: () => new ConstantProcess(perSecond),
    };
  },
};

class ConstantProcess implements ArrivalProcess {
  readonly entryIndex = 0;
  readonly traceWaitUs = 0;
  private readonly perSecond: number;
  private count = 0;

  constructor(perSecond: number) {
    this.perSecond = perSecond;
  }

  nextUs(): number {
    this.count++;
    return Math.round((this.count * 1e6) / this.perSecond);
  }
}
