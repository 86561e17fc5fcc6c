/**
 * How the visitors of an oracle arrive, in the words of the scenario language.
 */
import { exponential, lawOf, perSecond, seconds } from './dist.js';
import type { Oracle } from './oracle.js';

export interface Arrivals {
  /** Visitors a second over all sources; 0 when nobody comes. Of a closed crowd the most there can be. */
  readonly perS: number;
  /** The `arrivals` of a source that gets this share of them; shares may add up to more than 1 where rates are given. */
  write(share: number): unknown;
  /** The arrivals themselves have a length. */
  readonly horizonS: number | null;
  /** Moments between which arrivals are counted. */
  readonly boundsS: readonly number[];
  /** Length of the windows in which arrivals are counted; 0: they are not. */
  readonly countWindowS: number;
}

/** Visitors come at this rate where the case does not care. */
const anyRatePerS = 20;
/** So many rounds through the states make one window of counts: long against what the states remember. */
const roundsPerWindow = 15;

/** @param workS mean time one visitor is worked for */
export function arrivalsOf(oracle: Oracle, workS: number): Arrivals {
  const { parameters } = oracle;
  if (parameters.raw('profile_s_rate') !== undefined) return profile(oracle);
  if (parameters.raw('state_rates') !== undefined) return bursty(oracle);
  if (parameters.raw('batches_per_s') !== undefined) return batches(oracle);
  for (const name of ['users', 'population', 'customers', 'clients']) {
    const users = parameters.number(name, null);
    if (users !== null) return closed(oracle, users, workS);
  }
  const stands = ['mtbf_s', 'startup_to_ready_s', 'period_s'].some((name) => parameters.raw(name) !== undefined);
  if (stands && parameters.raw('lambda_per_s') === undefined) return { ...plain, perS: 0, write: () => ({ none: {} }) };
  const rate = parameters.raw('external_per_s') === undefined ? parameters.number('lambda_per_s', anyRatePerS) : 1;
  return { ...plain, perS: rate, write: (share) => independent(oracle, rate * share) };
}

const plain = { horizonS: null, boundsS: [], countWindowS: 0 } as const;

/** Poisson, evenly spaced, or independent gaps of some law. */
function independent({ parameters, words }: Oracle, rate: number): unknown {
  const law = parameters.raw('arrival_law');
  if (law === undefined) return /\bconstant arrivals\b/i.test(words) ? evenly(rate) : { poisson: perSecond(rate) };
  const gap = lawOf(law, 1 / rate);
  return typeof gap === 'string' ? evenly(rate) : { renewal: gap };
}

function evenly(rate: number): unknown {
  return { constant: perSecond(rate) };
}

function batches({ parameters }: Oracle): Arrivals {
  const perS = parameters.number('batches_per_s');
  const meanSize = parameters.number('mean_size');
  const size = parameters.text('size') === 'constant' ? meanSize : { [parameters.text('size')]: meanSize };
  return {
    ...plain,
    perS: perS * meanSize,
    write: (share) => ({ batch: { every: exponential(1 / (perS * share)), size } }),
  };
}

/** @see roundsPerWindow */
function bursty({ parameters }: Oracle): Arrivals {
  const rates = parameters.numbers('state_rates');
  const meansS = parameters.numbers('state_means_s');
  const roundS = meansS.reduce((sum, meanS) => sum + meanS, 0);
  const states = rates.map((rate, state) => ({ rate: perSecond(rate), lasts: exponential(meansS[state] ?? 0) }));
  return {
    ...plain,
    perS: rates.reduce((sum, rate, state) => sum + rate * (meansS[state] ?? 0), 0) / roundS,
    write: () => ({ bursty: { states } }),
    countWindowS: roundsPerWindow * roundS,
  };
}

function profile({ parameters }: Oracle): Arrivals {
  const points = parameters.list('profile_s_rate').map((point) => {
    const [atS, rate] = Array.isArray(point) ? (point as unknown[]) : [];
    if (typeof atS !== 'number' || typeof rate !== 'number')
      throw parameters.fault('profile_s_rate', 'a list of pairs');
    return { atS, rate };
  });
  const boundsS = points.map(({ atS }) => atS);
  const horizonS = boundsS.at(-1) ?? 0;
  return {
    ...plain,
    perS: 0,
    write: () => ({ poisson: { profile: points.map(({ atS, rate }) => [seconds(atS), perSecond(rate)]) } }),
    horizonS,
    boundsS,
  };
}

function closed({ parameters }: Oracle, users: number, workS: number): Arrivals {
  const thinkS = parameters.number('think_mean_s', null) ?? parameters.number('think_s', 0);
  const think = lawOf(parameters.raw('think_law'), thinkS);
  return { ...plain, perS: users / (thinkS + workS), write: () => ({ closed: { users, think } }) };
}
