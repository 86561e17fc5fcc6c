/**
 * Google Cloud Functions, first generation: invocations, GB-seconds, GHz-seconds, egress. Its own file because CPU
 * comes with memory by a table and is billed beside it.
 */
import type { Steps } from '../contract.js';
import { Fraction } from '../fraction.js';
import type { PricedLine, Product, Statement } from './contract.js';
import { afterFree, allowance, billedMs, flatLine, million, stepsOf, thousand } from './statement.js';

const steps: Steps = { granularityMs: 100, minimumMs: 0 };
const mbPerGb = Fraction.of(1024);

/** MHz that come with a size, by memory in MB; the smallest size first. */
const sizesMhz: readonly (readonly [memoryMb: number, mhz: number])[] = [
  [128, 200],
  [256, 400],
  [512, 800],
  [1024, 1400],
  [2048, 2400],
  [4096, 4800],
  [8192, 4800],
];

export const gcfGen1: Product = {
  name: 'gcf-gen1',
  source: 'cloud.google.com/functions/pricing, 1st gen',
  bill({ input, prices, rules }: Statement): PricedLine[] {
    const memoryMb = input.amount('memoryMb');
    const size = sizesMhz.find(([mb]) => memoryMb.compare(Fraction.of(mb)) <= 0);
    if (!size) throw new RangeError(`memoryMb ${memoryMb.toDecimal(0)}: the largest size is 8192`);
    let count = Fraction.zero;
    let seconds = Fraction.zero;
    for (const group of input.list('invocations')) {
      const ms = billedMs(group.amount('durationMs'), stepsOf(rules, steps));
      count = count.plus(group.amount('count', 1));
      seconds = seconds.plus(group.amount('count', 1).times(ms).over(thousand));
    }
    const free = (name: string, providers: number): Fraction => allowance(input, prices, name, providers);
    const gbSeconds = afterFree(seconds.times(memoryMb).over(mbPerGb), free('gbSeconds', 400_000));
    const ghzSeconds = afterFree(seconds.times(Fraction.of(size[1])).over(thousand), free('ghzSeconds', 200_000));
    const egressGb = afterFree(input.amount('egressGb', 0), free('egressGb', 5));
    const lines = [
      flatLine('invocations', afterFree(count, free('invocations', 2_000_000)), prices.amount('perMillion'), million),
      flatLine('memory', gbSeconds, prices.amount('gbSecond')),
      flatLine('cpu', ghzSeconds, prices.amount('ghzSecond')),
    ];
    if (!input.amount('egressGb', 0).isZero) lines.push(flatLine('egress', egressGb, prices.amount('egressGb')));
    return lines;
  },
};
