/**
 * Break-even in closed form: the traffic at which paying by invocation costs what paying by instance costs. Its own
 * file because it is algebra on prices alone, the guess that the break-even found by simulation is checked against.
 *
 * Per invocation, N requests a month cost C(N) = a max(0, N - F_r) + p max(0, g N - F_g); instances cost K whatever N
 * is. C has corners at F_r and F_g / g and is a straight line between them, so C(N) = K is solved on the piece that
 * holds it.
 */
import { Fraction } from './fraction.js';

export interface PerInvocationPrices {
  /** a, USD a request; p, USD a GB-second; g, GB-seconds a request as billed. All >= 0. */
  readonly usdPerRequest: Fraction;
  readonly usdPerGbSecond: Fraction;
  readonly gbSecondsPerRequest: Fraction;
  readonly freeRequests: Fraction;
  readonly freeGbSeconds: Fraction;
}

export interface PerInstancePrices {
  readonly instanceCount: Fraction;
  readonly usdPerHour: Fraction;
  /** What one instance serves at its target, requests a second, > 0. */
  readonly requestsPerSecond: Fraction;
  readonly fixedUsdPerMonth: Fraction;
}

export interface BreakEven {
  /** K, USD a month. */
  readonly fixedPlusInstancesUsd: Fraction;
  /** Null when invocations never cost as much: they cost nothing at any traffic. */
  readonly crossing: {
    readonly requestsPerMonth: Fraction;
    readonly meanPerSecond: Fraction;
    readonly utilisation: Fraction;
  } | null;
  /** Who is cheaper above the crossing; instances that are full before they pay off never win. */
  readonly winnerAbove: 'per-invocation' | 'per-instance';
  /**
   * Share of an instance's capacity at which it costs what its requests would cost, without allowance and fixed cost;
   * null: never.
   */
  readonly marginalUtilisation: Fraction | null;
}

/** @param hoursPerMonth > 0 */
export function breakEven(
  invocation: PerInvocationPrices,
  instance: PerInstancePrices,
  hoursPerMonth: Fraction,
): BreakEven {
  const secondsPerMonth = hoursPerMonth.times(Fraction.of(3600));
  const instancesUsd = instance.instanceCount.times(instance.usdPerHour).times(hoursPerMonth);
  const fixedPlusInstancesUsd = instance.fixedUsdPerMonth.plus(instancesUsd);
  const usdPerRequest = invocation.usdPerRequest.plus(invocation.usdPerGbSecond.times(invocation.gbSecondsPerRequest));
  const marginalUtilisation = usdPerRequest.isZero
    ? null
    : instance.usdPerHour.over(Fraction.of(3600).times(instance.requestsPerSecond).times(usdPerRequest));
  const requestsPerMonth = requestsThatCost(fixedPlusInstancesUsd, invocation);
  if (!requestsPerMonth)
    return { fixedPlusInstancesUsd, crossing: null, winnerAbove: 'per-invocation', marginalUtilisation };
  const meanPerSecond = requestsPerMonth.over(secondsPerMonth);
  const utilisation = meanPerSecond.over(instance.instanceCount.times(instance.requestsPerSecond));
  const winnerAbove = utilisation.compare(Fraction.one) > 0 ? 'per-invocation' : 'per-instance';
  const crossing = { requestsPerMonth, meanPerSecond, utilisation };
  return { fixedPlusInstancesUsd, crossing, winnerAbove, marginalUtilisation };
}

/** C(N) in USD: what N requests a month cost per invocation. */
export function costOfRequests(requestCount: Fraction, prices: PerInvocationPrices): Fraction {
  const paidRequests = requestCount.minus(prices.freeRequests).atLeast(Fraction.zero);
  const gbSeconds = requestCount.times(prices.gbSecondsPerRequest);
  const paidGbSeconds = gbSeconds.minus(prices.freeGbSeconds).atLeast(Fraction.zero);
  return prices.usdPerRequest.times(paidRequests).plus(prices.usdPerGbSecond.times(paidGbSeconds));
}

/** The most requests a month that cost no more than `usd`; null when any number does. */
function requestsThatCost(usd: Fraction, prices: PerInvocationPrices): Fraction | null {
  const corners = [prices.freeRequests];
  if (!prices.gbSecondsPerRequest.isZero) corners.push(prices.freeGbSeconds.over(prices.gbSecondsPerRequest));
  const below = [Fraction.zero, ...corners].filter((corner) => costOfRequests(corner, prices).compare(usd) <= 0);
  const begin = below.reduce((latest, corner) => latest.atLeast(corner));
  const after = begin.plus(Fraction.one);
  const next = corners
    .filter((corner) => corner.compare(begin) > 0)
    .reduce<Fraction | null>((nearest, corner) => (nearest ? nearest.atMost(corner) : corner), null);
  const probe = next ? next.atMost(after) : after;
  const slope = costOfRequests(probe, prices).minus(costOfRequests(begin, prices)).over(probe.minus(begin));
  if (slope.isZero) return null;
  return begin.plus(usd.minus(costOfRequests(begin, prices)).over(slope));
}
