/**
 * Batch arrivals: groups that arrive together, the first after its first gap. `load` divides the gaps, `daily` and
 * `weekly` set the pace at which they pass; the size of the groups stays.
 */
import type { Sampler } from '../random/contract.js';
import type { Draws } from '../random/draws.js';
import { geometric } from '../random/geometric.js';
import { makeSampler, samplerFault } from '../random/registry.js';
import type { ArrivalFamily, BatchSpec } from './arrivalSpec.js';
import type { ArrivalProcess } from './contract.js';
import { meanPace, type Pace, startPace } from './pace.js';

export const batch: ArrivalFamily<BatchSpec> = {
  kind: 'batch',
  acceptsModulation: true,
  fault: ({ every, size }) =>
    samplerFault(every) ??
    (makeSampler(every).mean > 0 ? undefined : 'the mean gap must be positive') ??
    sizeFault(size),
  make({ every, size }, context) {
    const gap = makeSampler(every);
    const sizes = makeSize(size);
    return {
      kind: 'batch',
      isStationary: context.modulation === null,
      meanPerSecond: (fromUs, toUs) => (meanPace(context, fromUs, toUs) * sizes.mean * 1e6) / gap.mean,
      start: (draws) => new BatchProcess({ gap, sizes, pace: startPace(context), draws }),
    };
  },
};

interface Parts {
  readonly gap: Sampler;
  readonly sizes: Sampler;
  readonly pace: Pace;
  readonly draws: Draws;
}

class BatchProcess implements ArrivalProcess {
  readonly entryIndex = 0;
  readonly traceWaitUs = 0;
  private readonly parts: Parts;
  private sumUs = 0;
  private atUs = 0;
  /** Of the group that arrives at `atUs`: how many are still to be announced. */
  private leftCount = 0;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  nextUs(): number {
    const { gap, sizes, pace, draws } = this.parts;
    if (this.leftCount === 0) {
      this.sumUs += gap.sample(draws);
      this.atUs = Math.round(pace.at(this.sumUs));
      this.leftCount = sizes.sample(draws);
    }
    this.leftCount--;
    return this.atUs;
  }
}

function makeSize(size: BatchSpec['size']): Sampler {
  if (typeof size === 'number') return makeSampler({ kind: 'constant', value: size });
  return geometric.make({ mean: size.geometricMean });
}

function sizeFault(size: BatchSpec['size']): string | undefined {
  if (typeof size !== 'number') return geometric.fault({ mean: size.geometricMean });
  return Number.isInteger(size) && size >= 1 ? undefined : 'the size of a batch must be a whole number from 1 up';
}
