/**
 * Sums of invoice lines, and the check that they add up. Its own file because reports, replications and services all
 * sum the same way: exactly, over what is written on the lines.
 */
import { type Invoice, type InvoiceAmounts, type InvoiceLine, ownParts } from './contract.js';
import { Fraction } from './fraction.js';

/** Lines are written with fewer decimals than this: a sum of them has no more. */
const decimals = 20;

export function amountsOf(lines: readonly InvoiceLine[]): InvoiceAmounts {
  const sum = (of: readonly InvoiceLine[], what: (line: InvoiceLine) => string): string =>
    Fraction.sum(of.map((line) => Fraction.of(what(line)))).toDecimal(decimals);
  const [baseline, usage] = (['instances', 'invocations'] as const).map((bills) =>
    lines.filter((line) => line.bills === bills),
  ) as [InvoiceLine[], InvoiceLine[]];
  const own = lines.filter(({ part }) => ownParts.includes(part));
  return {
    runUsd: sum(lines, ({ amountRunUsd }) => amountRunUsd),
    monthUsd: sum(lines, ({ amountMonthUsd }) => amountMonthUsd),
    idleMonthUsd: sum(lines, ({ idleMonthUsd }) => idleMonthUsd),
    waitingMonthUsd: sum(lines, ({ waitingMonthUsd }) => waitingMonthUsd),
    minimumMonthUsd: sum(lines, ({ minimumMonthUsd }) => minimumMonthUsd),
    baselineMonthUsd: sum(baseline, ({ amountMonthUsd }) => amountMonthUsd),
    usageMonthUsd: sum(usage, ({ amountMonthUsd }) => amountMonthUsd),
    ownRunUsd: sum(own, ({ amountRunUsd }) => amountRunUsd),
  };
}

/**
 * @throws Error when parts don't sum to the whole, or idling cost less than nothing or more than all: a fault of ours
 */
export function assertAddsUp({ lines, services, total }: Invoice): void {
  for (const line of lines) {
    const idle = Fraction.of(line.idleMonthUsd);
    const isWithin = !idle.isNegative && idle.compare(Fraction.of(line.amountMonthUsd)) <= 0;
    if (!isWithin)
      throw new Error(`idle ${line.idleMonthUsd} of ${line.amountMonthUsd} on ${line.service}/${line.line}`);
  }
  const ofServices = Fraction.sum(services.map(({ monthUsd }) => Fraction.of(monthUsd)));
  if (ofServices.compare(Fraction.of(total.monthUsd)) !== 0)
    throw new Error(`services cost ${ofServices.toDecimal(decimals)}, the platform ${total.monthUsd}`);
}

/**
 * Cost of a million completed requests, USD.
 *
 * @param completedInMonth requests completed in a month, >= 0
 * @returns null when none was
 */
export function costPerMillion(monthUsd: string, completedInMonth: number): string | null {
  if (!(completedInMonth > 0)) return null;
  return Fraction.of(monthUsd).times(Fraction.of(1_000_000)).over(Fraction.of(completedInMonth)).toDecimal(12);
}
