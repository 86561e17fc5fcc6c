/** Renewal arrivals: independent gaps of any distribution. The first gap begins at clock 0; `load` divides the gaps. */
import type { Sampler } from '../random/contract.js';
import type { Draws } from '../random/draws.js';
import { makeSampler, samplerFault } from '../random/registry.js';
import type { ArrivalFamily, RenewalSpec } from './arrivalSpec.js';
import type { ArrivalProcess } from './contract.js';

export const renewal: ArrivalFamily<RenewalSpec> = {
  kind: 'renewal',
  acceptsModulation: false,
  fault: ({ gap }) => samplerFault(gap) ?? (makeSampler(gap).mean > 0 ? undefined : 'the mean gap must be positive'),
  make({ gap }, { load }) {
    const sampler = makeSampler(gap);
    return {
      kind: 'renewal',
      isStationary: true,
      meanPerSecond: () => (load * 1e6) / sampler.mean,
      start: (draws) => new RenewalProcess(sampler, load, draws),
    };
  },
};

class RenewalProcess implements ArrivalProcess {
  readonly entryIndex = 0;
  readonly traceWaitUs = 0;
  private readonly gap: Sampler;
  private readonly load: number;
  private readonly draws: Draws;
  /** The sum of the gaps before `load`, real: rounding never accumulates. */
  private sumUs = 0;

  constructor(gap: Sampler, load: number, draws: Draws) {
    this.gap = gap;
    this.load = load;
    this.draws = draws;
  }

  nextUs(): number {
    if (this.load === 0) return Infinity;
    this.sumUs += this.gap.sample(this.draws);
    return Math.round(this.sumUs / this.load);
  }
}
