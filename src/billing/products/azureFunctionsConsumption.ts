/**
 * Azure Functions, Consumption plan: executions and GB-seconds of the memory observed. Its own file because memory,
 * not only time, is rounded: up to the next 128 MB, between 128 and 1536.
 */
import type { Steps } from '../contract.js';
import { Fraction } from '../fraction.js';
import type { PricedLine, Product, Statement } from './contract.js';
import { afterFree, allowance, billedMs, flatLine, million, stepsOf, thousand } from './statement.js';

const steps: Steps = { granularityMs: 1, minimumMs: 100 };
const stepMb = Fraction.of(128);
const largestMb = Fraction.of(1536);
const mbPerGb = Fraction.of(1024);

/** Megabytes an execution is billed for, from what was observed. */
export function billedMemoryMb(observedMb: Fraction): Fraction {
  return observedMb.roundedUpTo(stepMb).atLeast(stepMb).atMost(largestMb);
}

export const azureFunctionsConsumption: Product = {
  name: 'azure-functions-consumption',
  source: 'azure.microsoft.com/pricing/details/functions, Consumption plan',
  bill({ input, prices, rules }: Statement): PricedLine[] {
    let count = Fraction.zero;
    let gbSeconds = Fraction.zero;
    for (const group of input.list('executions')) {
      const seconds = billedMs(group.amount('durationMs'), stepsOf(rules, steps)).over(thousand);
      const gb = billedMemoryMb(group.amount('memoryMb')).over(mbPerGb);
      count = count.plus(group.amount('count', 1));
      gbSeconds = gbSeconds.plus(group.amount('count', 1).times(seconds).times(gb));
    }
    const billableTime = afterFree(gbSeconds, allowance(input, prices, 'gbSeconds', 400_000));
    const billableCount = afterFree(count, allowance(input, prices, 'executions', 1_000_000));
    return [
      flatLine('execution-time', billableTime, prices.amount('gbSecond')),
      flatLine('executions', billableCount, prices.amount('perMillion'), million),
    ];
  },
};
