/**
 * Google App Engine standard: instance-hours by class, a tail after the last request, and free hours of each day. Its
 * own file because hours are counted in multiples of the smallest class, and the allowance does not carry over.
 */
import { Fraction } from '../fraction.js';
import { withTails } from '../pieces.js';
import type { PricedLine, Product, Statement } from './contract.js';
import type { Fields } from './fields.js';
import { afterFree, flatLine, wholeUs } from './statement.js';

const msPerMinute = Fraction.of(60_000);
const usPerHour = Fraction.of(3_600_000_000);
const tailMinutes = 15;
/** Hours of the smallest class that one hour of a class counts. */
const multiples = { F1: 1, F2: 2, F4: 4, F4_1G: 6, B1: 1, B2: 2, B4: 4, B4_1G: 6, B8: 8 } as const;
const freeHoursOfDay = { F: 28, B: 9 } as const;
type Family = keyof typeof freeHoursOfDay;

export const gaeStandard: Product = {
  name: 'gae-standard',
  source: 'cloud.google.com/appengine/pricing, standard environment',
  bill({ input, prices, rules }: Statement): PricedLine[] {
    const tailUs = wholeUs(rules.amount('tailMinutes', tailMinutes).times(msPerMinute));
    let hours = Fraction.zero;
    for (const day of input.list('days')) {
      const used = hoursOfDay(day, prices, tailUs);
      for (const [family, familyHours] of used) {
        const free = input.flag('freeTier', true) ? freeHours(prices, family, used.size) : Fraction.zero;
        hours = hours.plus(day.amount('repeat', 1).times(afterFree(familyHours, free)));
      }
    }
    return [flatLine('instance-hours', hours, prices.amount('perUnitHour'))];
  },
};

/** Hours of the smallest class, of each family used that day. */
function hoursOfDay(day: Fields, prices: Fields, tailUs: number): Map<Family, Fraction> {
  const hours = new Map<Family, Fraction>();
  for (const instance of day.list('instances')) {
    const name = instance.text('class', 'F1');
    const family: Family = name.startsWith('B') ? 'B' : 'F';
    const minutes = instance.pairs('busyMinutes');
    const busy = minutes.map(
      ([from, to]) => [wholeUs(from.times(msPerMinute)), wholeUs(to.times(msPerMinute))] as const,
    );
    const billedUs = withTails(busy, tailUs).reduce((sum, [fromUs, toUs]) => sum + toUs - fromUs, 0);
    const weighted = Fraction.of(billedUs).over(usPerHour).times(multipleOf(name, prices));
    const all = weighted.times(instance.amount('count', 1));
    hours.set(family, (hours.get(family) ?? Fraction.zero).plus(all));
  }
  return hours;
}

function multipleOf(name: string, prices: Fields): Fraction {
  const known = Object.hasOwn(multiples, name) ? multiples[name as keyof typeof multiples] : undefined;
  return prices.fields('multiplier').amount(name, known);
}

/** The statement's free hours are those of the family it uses; where a day uses both, each has its own. */
function freeHours(prices: Fields, family: Family, familyCount: number): Fraction {
  const own = freeHoursOfDay[family];
  if (prices.isRecord('freeHoursPerDay')) return prices.fields('freeHoursPerDay').amount(family, own);
  return familyCount === 1 ? prices.amount('freeHoursPerDay', own) : Fraction.of(own);
}
