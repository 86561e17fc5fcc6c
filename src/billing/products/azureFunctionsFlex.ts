/**
 * Azure Functions, Flex Consumption: active periods of an instance on demand, and always-ready instances. Its own
 * file because the piece that is billed is an instance's active period, not an execution, and has a floor of a
 * second.
 */
import type { Steps } from '../contract.js';
import { Fraction } from '../fraction.js';
import type { PricedLine, Product, Statement } from './contract.js';
import type { Fields } from './fields.js';
import { afterFree, allowance, billedMs, flatLine, million, secondsPerHour, stepsOf, thousand } from './statement.js';

const ownSteps: Steps = { granularityMs: 100, minimumMs: 1000 };
const mbPerGb = Fraction.of(1024);

export const azureFunctionsFlex: Product = {
  name: 'azure-functions-flex',
  source: 'azure.microsoft.com/pricing/details/functions, Flex Consumption plan',
  bill({ input, prices, rules }: Statement): PricedLine[] {
    const steps = stepsOf(rules, ownSteps);
    const gb = input.amount('instanceMemoryMb').over(mbPerGb);
    const onDemand = periodsOf(input.list('onDemand'), steps);
    const executions = onDemand.count.plus(input.amount('onDemandExecutions', 0));
    const billableTime = afterFree(onDemand.seconds.times(gb), allowance(input, prices, 'gbSeconds', 100_000));
    const billableCount = afterFree(executions, allowance(input, prices, 'executions', 250_000));
    const lines = [
      flatLine('on-demand-execution-time', billableTime, prices.amount('onDemandGbSecond')),
      flatLine('on-demand-executions', billableCount, prices.amount('perMillion'), million),
    ];
    if (input.isGiven('alwaysReady')) lines.push(...alwaysReadyLines(input.fields('alwaysReady'), gb, prices, steps));
    return lines;
  },
};

/** Paid for while provisioned, less per second of work than on demand, and nothing of it free. */
function alwaysReadyLines(ready: Fields, gb: Fraction, prices: Fields, steps: Steps): PricedLine[] {
  const worked = periodsOf(ready.list(ready.has('executions') ? 'executions' : 'invocations'), steps);
  const count = worked.count.plus(ready.amount('extraExecutions', 0));
  return [
    flatLine('always-ready-baseline', instanceSeconds(ready).times(gb), prices.amount('alwaysReadyBaselineGbSecond')),
    flatLine('always-ready-execution-time', worked.seconds.times(gb), prices.amount('alwaysReadyGbSecond')),
    flatLine('always-ready-executions', count, prices.amount('perMillion'), million),
  ];
}

function instanceSeconds(ready: Fields): Fraction {
  const instances = ready.amount(ready.has('instances') ? 'instances' : 'count', 1);
  if (ready.has('hours')) return instances.times(ready.amount('hours').times(secondsPerHour));
  return instances.times(ready.amount(ready.has('provisionedSeconds') ? 'provisionedSeconds' : 'seconds'));
}

function periodsOf(groups: readonly Fields[], steps: Steps): { readonly count: Fraction; readonly seconds: Fraction } {
  let count = Fraction.zero;
  let seconds = Fraction.zero;
  for (const group of groups) {
    const each = billedMs(group.amount('durationMs'), steps).over(thousand);
    count = count.plus(group.amount('count', 1));
    seconds = seconds.plus(group.amount('count', 1).times(each));
  }
  return { count, seconds };
}
