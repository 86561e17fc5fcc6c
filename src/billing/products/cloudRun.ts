/**
 * Google Cloud Run (and functions of the second generation), billed by request or by instance. Its own file because
 * time with overlapping requests counts once, and because the allowance outside tier 1 is a credit in money.
 */
import type { Steps } from '../contract.js';
import { Fraction } from '../fraction.js';
import { billedUs, unionOf } from '../pieces.js';
import type { PricedLine, Product, Statement } from './contract.js';
import type { Fields } from './fields.js';
import { afterFree, allowance, billedMs, flatLine, million, stepsOf, thousand, wholeUs } from './statement.js';

const ownSteps: Steps = { granularityMs: 100, minimumMs: 0 };

export const cloudRun: Product = {
  name: 'cloud-run',
  source: 'cloud.google.com/run/pricing',
  bill(statement: Statement): PricedLine[] {
    const { input } = statement;
    const billing = input.text('billing', 'request');
    if (billing === 'instance') return billInstances(statement);
    if (billing === 'request') return billRequests(statement);
    throw new RangeError(`billing ${JSON.stringify(billing)}: request or instance`);
  },
};

function billRequests({ input, prices, rules }: Statement): PricedLine[] {
  const steps = stepsOf(rules, ownSteps);
  const { count, seconds } = requestTime(input, steps);
  const idleSeconds = Fraction.sum(
    input.list('instances').map((group) => group.amount('count', 1).times(group.amount('idleSeconds', 0))),
  );
  const lines = timeLines({ input, prices, seconds, freeVCpuSeconds: 180_000, freeGibSeconds: 360_000 });
  if (!idleSeconds.isZero)
    lines.push(
      flatLine('idle-cpu', idleSeconds.times(input.amount('vcpu')), prices.amount('idleVcpuSecond')),
      flatLine('idle-memory', idleSeconds.times(input.amount('memoryGib')), prices.amount('idleGibSecond')),
    );
  const billable = afterFree(count, allowance(input, prices, 'requests', 2_000_000));
  lines.push(flatLine('requests', billable, prices.amount('perMillion'), million));
  return lines;
}

/**
 * Perfectly packed requests share their time by concurrency; intervals of one instance count where they overlap once.
 */
function requestTime(input: Fields, steps: Steps): { readonly count: Fraction; readonly seconds: Fraction } {
  let count = Fraction.zero;
  let ms = Fraction.zero;
  for (const group of input.list('requests')) {
    const each = billedMs(group.amount('durationMs'), steps).over(group.amount('concurrency', 1));
    count = count.plus(group.amount('count', 1));
    ms = ms.plus(group.amount('count', 1).times(each));
  }
  for (const group of input.list('instances')) {
    const intervals = group.pairs('intervalsMs');
    const pieces = unionOf(intervals.map(([from, to]) => [wholeUs(from), wholeUs(to)]));
    const billed = pieces.reduce((sum, [fromUs, toUs]) => sum + billedUs(toUs - fromUs, steps), 0);
    const instances = group.amount('count', 1);
    count = count.plus(instances.times(Fraction.of(intervals.length)));
    ms = ms.plus(instances.times(Fraction.of(billed).over(thousand)));
  }
  return { count, seconds: ms.over(thousand) };
}

function billInstances({ input, prices, rules }: Statement): PricedLine[] {
  const steps = stepsOf(rules, ownSteps);
  const seconds = Fraction.sum(
    input
      .list('instances')
      .map((group) =>
        group.amount('count', 1).times(billedMs(group.amount('seconds').times(thousand), steps).over(thousand)),
      ),
  );
  return timeLines({ input, prices, seconds, freeVCpuSeconds: 240_000, freeGibSeconds: 450_000 });
}

interface BillableTime {
  readonly input: Fields;
  readonly prices: Fields;
  readonly seconds: Fraction;
  readonly freeVCpuSeconds: number;
  readonly freeGibSeconds: number;
}

function timeLines({ input, prices, seconds, freeVCpuSeconds, freeGibSeconds }: BillableTime): PricedLine[] {
  const vCpuSeconds = seconds.times(input.amount('vcpu'));
  const gibSeconds = seconds.times(input.amount('memoryGib'));
  const freeVCpu = allowance(input, prices, 'vcpuSeconds', freeVCpuSeconds);
  const freeGib = allowance(input, prices, 'gibSeconds', freeGibSeconds);
  return [
    timeLine('cpu', vCpuSeconds, freeVCpu, prices.amount('vcpuSecond'), prices),
    timeLine('memory', gibSeconds, freeGib, prices.amount('gibSecond'), prices),
  ];
}

/** The allowance takes off a quantity, or (outside tier 1) what that quantity costs in tier 1. */
function timeLine(meter: string, quantity: Fraction, free: Fraction, price: Fraction, prices: Fields): PricedLine {
  const rule = prices.fields('free');
  const mode = rule.text('mode', 'quantity');
  if (mode === 'quantity') return flatLine(meter, afterFree(quantity, free), price);
  if (mode !== 'tier1-credit') throw new RangeError(`free.mode ${JSON.stringify(mode)}: quantity or tier1-credit`);
  const creditUsd = free.times(rule.fields('tier1Price').amount(meter));
  return { meter, quantity, cost: afterFree(quantity.times(price), creditUsd) };
}
