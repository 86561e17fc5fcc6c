/**
 * Virtual machines by the hour (EC2, Compute Engine, Azure): seconds of life in steps of one, at least a minute each
 * run. Its own file because three providers share the rule.
 */
import type { Steps } from '../contract.js';
import { Fraction } from '../fraction.js';
import type { PricedLine, Product, Statement } from './contract.js';
import { billedMs, flatLine, secondsPerHour, stepsOf, thousand } from './statement.js';

const steps: Steps = { granularityMs: 1000, minimumMs: 60_000 };

export const instanceHours: Product = {
  name: 'instance-hours',
  source: 'EC2, Compute Engine and Azure VM: per-second billing with a one-minute minimum',
  bill({ input, prices, rules }: Statement): PricedLine[] {
    const secondsByType = new Map<string, Fraction>();
    for (const instance of input.list('instances')) {
      const runs = instance.amount('count', 1).times(instance.amount('runs', 1));
      const each = billedMs(instance.amount('seconds').times(thousand), stepsOf(rules, steps)).over(thousand);
      const type = instance.text('type');
      secondsByType.set(type, (secondsByType.get(type) ?? Fraction.zero).plus(runs.times(each)));
    }
    return [...secondsByType].map(([type, seconds]) =>
      flatLine(`instance:${type}`, seconds, prices.fields('hourly').amount(type), secondsPerHour),
    );
  },
};
