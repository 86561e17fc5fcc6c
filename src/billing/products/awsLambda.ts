/**
 * AWS Lambda: requests, GB-seconds by invocation, ephemeral storage, provisioned concurrency. Its own file because
 * the sum of start-up and handler is rounded once, and provisioned time follows other rules than invocations. Checked
 * against the provider's examples in test/conformance/billing.
 */
import type { Steps } from '../contract.js';
import { Fraction } from '../fraction.js';
import type { PricedLine, Product, Statement } from './contract.js';
import type { Fields } from './fields.js';
import {
  afterFree,
  allowance,
  billedMs,
  flatLine,
  million,
  readTiers,
  stepsOf,
  thousand,
  tieredLines,
} from './statement.js';

const invocationSteps: Steps = { granularityMs: 1, minimumMs: 0 };
/** Provisioned concurrency is billed while enabled, in steps of five minutes. */
const enabledSteps: Steps = { granularityMs: 300_000, minimumMs: 0 };
const mbPerGb = Fraction.of(1024);
const includedEphemeralMb = Fraction.of(512);

export const awsLambda: Product = {
  name: 'aws-lambda',
  source: 'aws.amazon.com/lambda/pricing',
  bill({ input, prices, rules }: Statement): PricedLine[] {
    const steps = stepsOf(rules, invocationSteps);
    const memoryGb = input.amount('memoryMb').over(mbPerGb);
    const provisioned = input.fields('provisioned');
    const onDemand = usageOf(input.list('invocations'), steps);
    const underProvisioned = usageOf(provisioned.list('invocations'), steps);

    const computed = onDemand.seconds.times(memoryGb);
    const requested = onDemand.count.plus(underProvisioned.count);
    const freeGbSeconds = allowance(input, prices, 'gbSeconds', 400_000);
    const freeRequests = allowance(input, prices, 'requests', 1_000_000);
    const lines = [
      ...tieredLines('compute', afterFree(computed, freeGbSeconds), readTiers(prices, 'gbSecondTiers', 'gbSecond')),
      ...tieredLines(
        'requests',
        afterFree(requested, freeRequests),
        readTiers(prices, 'requestTiers', 'requestPerMillion'),
        million,
      ),
    ];
    const extraMb = afterFree(input.amount('ephemeralMb', 512), includedEphemeralMb);
    if (!extraMb.isZero) {
      const gbSeconds = onDemand.seconds.plus(underProvisioned.seconds).times(extraMb).over(mbPerGb);
      lines.push(flatLine('ephemeral-storage', gbSeconds, prices.amount('ephemeralGbSecond')));
    }
    if (input.isGiven('provisioned')) {
      const enabledSeconds = billedMs(provisioned.amount('enabledSeconds').times(thousand), enabledSteps).over(
        thousand,
      );
      const ready = provisioned.amount('concurrency').times(memoryGb).times(enabledSeconds);
      const worked = underProvisioned.seconds.times(memoryGb);
      lines.push(
        flatLine('provisioned-concurrency', ready, prices.amount('provisionedGbSecond')),
        flatLine(
          'provisioned-duration',
          worked,
          prices.amount('provisionedDurationGbSecond', worked.isZero ? 0 : undefined),
        ),
      );
    }
    return lines;
  },
};

/** Start-up and handler are added first, then rounded up once. */
function usageOf(
  invocations: readonly Fields[],
  steps: Steps,
): { readonly count: Fraction; readonly seconds: Fraction } {
  let count = Fraction.zero;
  let billed = Fraction.zero;
  for (const group of invocations) {
    const ms = billedMs(group.amount('durationMs').plus(group.amount('initMs', 0)), steps);
    count = count.plus(group.amount('count', 1));
    billed = billed.plus(group.amount('count', 1).times(ms));
  }
  return { count, seconds: billed.over(thousand) };
}
