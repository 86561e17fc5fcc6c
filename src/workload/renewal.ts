/**
 * Renewal arrivals: independent gaps of any distribution. The first gap begins at clock 0; `load` divides the gaps, and
 * `daily` and `weekly` set the pace at which they pass.
 */
import type { Sampler } from '../random/contract.js';
import type { Draws } from '../random/draws.js';
import { makeSampler, samplerFault } from '../random/registry.js';
import type { ArrivalFamily, RenewalSpec } from './arrivalSpec.js';
import type { ArrivalProcess } from './contract.js';
import { meanPace, type Pace, startPace } from './pace.js';

export const renewal: ArrivalFamily<RenewalSpec> = {
  kind: 'renewal',
  acceptsModulation: true,
  fault: ({ gap }) => samplerFault(gap) ?? (makeSampler(gap).mean > 0 ? undefined : 'the mean gap must be positive'),
  make({ gap }, context) {
    const sampler = makeSampler(gap);
    return {
      kind: 'renewal',
      isStationary: context.modulation === null,
      meanPerSecond: (fromUs, toUs) => (meanPace(context, fromUs, toUs) * 1e6) / sampler.mean,
      start: (draws) => new RenewalProcess(sampler, startPace(context), draws),
    };
  },
};

class RenewalProcess implements ArrivalProcess {
  readonly entryIndex = 0;
  readonly traceWaitUs = 0;
  private readonly gap: Sampler;
  private readonly pace: Pace;
  private readonly draws: Draws;
  /** The sum of the gaps, real: rounding never accumulates. */
  private sumUs = 0;

  constructor(gap: Sampler, pace: Pace, draws: Draws) {
    this.gap = gap;
    this.pace = pace;
    this.draws = draws;
  }

  nextUs(): number {
    this.sumUs += this.gap.sample(this.draws);
    return Math.round(this.pace.at(this.sumUs));
  }
}
