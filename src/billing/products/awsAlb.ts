/**
 * AWS Application Load Balancer: hours, and capacity units by the largest of four dimensions. Its own file because
 * the meter of a run counts capacity units by the same limits. Checked in test/conformance/billing.
 */
import { Fraction } from '../fraction.js';
import type { PricedLine, Product, Statement } from './contract.js';
import { afterFree, flatLine } from './statement.js';

/** What one capacity unit carries. Source: aws.amazon.com/elasticloadbalancing/pricing. */
export const unitLimits = {
  newConnectionsPerSecond: 25,
  activeConnectionsPerMinute: 3000,
  gbPerHour: '1',
  gbPerHourToLambda: '0.4',
  ruleEvaluationsPerSecond: 1000,
  freeRules: 10,
} as const;

/** The load of some hours, all rates >= 0. */
export interface BalancerLoad {
  readonly newConnectionsPerSecond: Fraction;
  readonly activeConnectionsPerMinute: Fraction;
  readonly gbPerHour: Fraction;
  readonly gbPerHourToLambda: Fraction;
  readonly requestsPerSecond: Fraction;
  /** Rules each request is tried against. */
  readonly ruleCount: Fraction;
}

/** Capacity units in use: the largest dimension. */
export function capacityUnits(load: BalancerLoad): Fraction {
  const bytes = load.gbPerHour
    .over(Fraction.of(unitLimits.gbPerHour))
    .plus(load.gbPerHourToLambda.over(Fraction.of(unitLimits.gbPerHourToLambda)));
  const paidRules = afterFree(load.ruleCount, Fraction.of(unitLimits.freeRules));
  return load.newConnectionsPerSecond
    .over(Fraction.of(unitLimits.newConnectionsPerSecond))
    .atLeast(load.activeConnectionsPerMinute.over(Fraction.of(unitLimits.activeConnectionsPerMinute)))
    .atLeast(bytes)
    .atLeast(load.requestsPerSecond.times(paidRules).over(Fraction.of(unitLimits.ruleEvaluationsPerSecond)));
}

export const awsAlb: Product = {
  name: 'aws-alb',
  source: 'aws.amazon.com/elasticloadbalancing/pricing',
  bill({ input, prices }: Statement): PricedLine[] {
    const hours = input.amount('hours', 0).roundedUpTo(Fraction.one);
    const unitHours = Fraction.sum(
      input.list('usage').map((usage) =>
        usage.amount('hours').times(
          capacityUnits({
            newConnectionsPerSecond: usage.amount('newConnectionsPerSecond', 0),
            activeConnectionsPerMinute: usage.amount('activeConnectionsPerMinute', 0),
            gbPerHour: usage.amount('processedGbPerHour', 0),
            gbPerHourToLambda: usage.amount('processedGbPerHourLambda', 0),
            requestsPerSecond: usage.amount('requestsPerSecond', 0),
            ruleCount: usage.amount('rulesProcessed', 0),
          }),
        ),
      ),
    );
    return [
      flatLine('lb-hours', hours, prices.amount('hour')),
      flatLine('lcu-hours', unitHours, prices.amount('lcuHour', unitHours.isZero ? 0 : undefined)),
    ];
  },
};
