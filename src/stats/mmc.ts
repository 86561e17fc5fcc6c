/**
 * The M/M/c queue in its steady state: Poisson arrivals, exponential service, c servers, one FIFO queue.
 *
 * Its own file because `plan()` guesses from it and `test/theory` holds the engine against it. Times come back in the
 * unit of the mean service time.
 */
import { erlangC } from './erlangC.js';

export interface MmcInput {
  /** Arrivals per unit of time, finite, >= 0. */
  readonly arrivalRate: number;
  /** In the same unit of time, finite, > 0. */
  readonly meanService: number;
  /** Whole number, >= 1. */
  readonly serverCount: number;
}

export interface MmcSteadyState {
  /** Share of the servers' time in work; 1 when there is no steady state. */
  readonly utilisation: number;
  /** Chance that a request has to wait. */
  readonly waitChance: number;
  readonly meanWait: number;
  readonly meanResponse: number;
  /** Mean number waiting; waiting or in service. */
  readonly meanQueue: number;
  readonly meanInSystem: number;
}

/**
 * Means of the M/M/c queue; waits and lengths are Infinity where there is no steady state (load >= servers).
 *
 * @throws RangeError outside the ranges of `MmcInput`. Source: Kleinrock, Queueing Systems I (1975), 3.5; Little's law.
 */
export function mmc(input: MmcInput): MmcSteadyState {
  const { arrivalRate, meanService, serverCount } = input;
  const offeredLoad = loadOf(input);
  const waitChance = erlangC(offeredLoad, serverCount);
  const isStable = offeredLoad < serverCount;
  const meanWait = isStable ? (waitChance * meanService) / (serverCount - offeredLoad) : Infinity;
  const meanQueue = isStable ? arrivalRate * meanWait : Infinity;
  return {
    utilisation: Math.min(1, offeredLoad / serverCount),
    waitChance,
    meanWait,
    meanResponse: meanWait + meanService,
    meanQueue,
    meanInSystem: meanQueue + offeredLoad,
  };
}

/** Chance of waiting longer than `wait` (>= 0, in the unit of the mean service time). 1 without a steady state. */
export function mmcWaitBeyond(input: MmcInput, wait: number): number {
  if (!(wait >= 0)) throw new RangeError(`wait ${wait}`);
  const offeredLoad = loadOf(input);
  if (offeredLoad >= input.serverCount) return 1;
  const drainRate = (input.serverCount - offeredLoad) / input.meanService;
  return erlangC(offeredLoad, input.serverCount) * Math.exp(-drainRate * wait);
}

/** Chance of a response time (wait and service) beyond `time` (>= 0). 1 without a steady state. */
export function mmcResponseBeyond(input: MmcInput, time: number): number {
  if (!(time >= 0)) throw new RangeError(`time ${time}`);
  const offeredLoad = loadOf(input);
  if (offeredLoad >= input.serverCount) return 1;
  const waitChance = erlangC(offeredLoad, input.serverCount);
  const scaled = time / input.meanService;
  const spare = input.serverCount - offeredLoad;
  // Service alone, or an exponential wait of rate `spare` before it; both rates the same is the limit of the formula.
  const both =
    Math.abs(spare - 1) < 1e-9
      ? (1 + scaled) * Math.exp(-scaled)
      : (spare * Math.exp(-scaled) - Math.exp(-spare * scaled)) / (spare - 1);
  return (1 - waitChance) * Math.exp(-scaled) + waitChance * both;
}

function loadOf({ arrivalRate, meanService }: MmcInput): number {
  if (!Number.isFinite(arrivalRate) || arrivalRate < 0) throw new RangeError(`arrivalRate ${arrivalRate}`);
  if (!Number.isFinite(meanService) || meanService <= 0) throw new RangeError(`meanService ${meanService}`);
  return arrivalRate * meanService;
}
