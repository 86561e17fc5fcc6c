/**
 * Google App Engine flexible: the virtual machines behind it, by vCPU, memory and disk. Its own file because it has
 * neither the classes nor the allowance of the standard environment.
 */
import type { Steps } from '../contract.js';
import { Fraction } from '../fraction.js';
import type { PricedLine, Product, Statement } from './contract.js';
import type { Fields } from './fields.js';
import { billedMs, flatLine, secondsPerHour, stepsOf, thousand } from './statement.js';

const steps: Steps = { granularityMs: 1000, minimumMs: 60_000 };
const hoursPerMonth = Fraction.of(730);

export const gaeFlex: Product = {
  name: 'gae-flex',
  source: 'cloud.google.com/appengine/pricing, flexible environment',
  bill({ input, prices, rules }: Statement): PricedLine[] {
    let vCpuHours = Fraction.zero;
    let gbHours = Fraction.zero;
    let diskGbHours = Fraction.zero;
    for (const instance of input.list('instances')) {
      const hours = hoursOf(instance, stepsOf(rules, steps));
      vCpuHours = vCpuHours.plus(hours.times(instance.amount('vcpu')));
      gbHours = gbHours.plus(hours.times(instance.amount('memoryGb')));
      diskGbHours = diskGbHours.plus(hours.times(instance.amount('diskGb', 0)));
    }
    const lines = [
      flatLine('vcpu', vCpuHours, prices.amount('vcpuHour')),
      flatLine('memory', gbHours, prices.amount('gbHour')),
    ];
    if (!diskGbHours.isZero)
      lines.push(flatLine('disk', diskGbHours.over(hoursPerMonth), prices.amount('diskGbMonth')));
    return lines;
  },
};

function hoursOf(instance: Fields, own: Steps): Fraction {
  const runs = instance.amount('count', 1).times(instance.amount('runs', 1));
  const seconds = instance.has('hours') ? instance.amount('hours').times(secondsPerHour) : instance.amount('seconds');
  return runs.times(billedMs(seconds.times(thousand), own).over(thousand).over(secondsPerHour));
}
