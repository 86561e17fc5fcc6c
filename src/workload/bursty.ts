/**
 * Bursty arrivals: a Markov-modulated Poisson process whose states are visited in turn, from the first on. How long
 * each lasts is drawn; exponential times make it Markov, any distribution is allowed.
 */
import type { Sampler } from '../random/contract.js';
import type { Draws } from '../random/draws.js';
import { makeSampler, samplerFault } from '../random/registry.js';
import type { ArrivalFamily, BurstySpec } from './arrivalSpec.js';
import { meanPace } from './pace.js';
import { PoissonProcess } from './poisson.js';
import { rateFault } from './rateFault.js';
import { type RatePieces, RateWalk } from './rateWalk.js';

export const bursty: ArrivalFamily<BurstySpec> = {
  kind: 'bursty',
  acceptsModulation: true,
  fault,
  make({ states }, { load, modulation }) {
    const bound = states.map(({ ratePerSecond, lasts }) => ({ perUs: ratePerSecond / 1e6, lasts: makeSampler(lasts) }));
    const roundUs = bound.reduce((sum, { lasts }) => sum + lasts.mean, 0);
    const meanPerUs = bound.reduce((sum, { perUs, lasts }) => sum + (perUs * lasts.mean) / roundUs, 0);
    return {
      kind: 'bursty',
      isStationary: modulation === null,
      meanPerSecond: (fromUs, toUs) => meanPerUs * meanPace({ load, modulation }, fromUs, toUs) * 1e6,
      start: (draws) => new PoissonProcess(new RateWalk(new StatePieces(bound, draws), modulation, load), draws),
    };
  },
};

interface BoundState {
  readonly perUs: number;
  readonly lasts: Sampler;
}

/** One level piece a stay in a state. */
class StatePieces implements RatePieces {
  beginUs = 0;
  endUs = 0;
  beginPerUs = 0;
  endPerUs = 0;
  private readonly states: readonly BoundState[];
  private readonly draws: Draws;
  private stateIndex = -1;

  constructor(states: readonly BoundState[], draws: Draws) {
    this.states = states;
    this.draws = draws;
    this.next();
  }

  next(): void {
    this.stateIndex = (this.stateIndex + 1) % this.states.length;
    const { perUs, lasts } = this.states[this.stateIndex]!;
    this.beginUs = this.endUs;
    this.endUs += lasts.sample(this.draws);
    this.beginPerUs = perUs;
    this.endPerUs = perUs;
  }
}

function fault({ states }: BurstySpec): string | undefined {
  if (states.length === 0) return 'bursty arrivals need at least one state';
  for (const { ratePerSecond, lasts } of states) {
    const found = rateFault(ratePerSecond) ?? samplerFault(lasts);
    if (found !== undefined) return found;
    if (!(makeSampler(lasts).mean > 0)) return 'a state must last longer than 0';
  }
  return undefined;
}
