/**
 * The bill of one platform: its replications' usages priced together, what a month without visitors costs, and the cost
 * metrics of each replication. Its own file because money is exact here and becomes a number only as a metric.
 * How usage turns into lines is `billing`'s; here is only what an experiment adds: completions, zero traffic, words.
 */
import type { BillingPlan, Invoice, InvoiceAmounts, InvoiceLine, MonthPlan, Usage } from '../billing/contract.js';
import { Fraction } from '../billing/fraction.js';
import { writeInvoice } from '../billing/invoice.js';
import type { BillResult } from './contract.js';
import { type EmptyDays, emptyMonthInvoice } from './level.js';
import type { Numbers } from './measures.js';

/** What one run used, and how many requests (spans, by service) it completed meanwhile. */
export interface MeteredRun {
  readonly usage: Usage;
  readonly completedCount: number;
  readonly completedByService: readonly number[];
}

export interface BillWords {
  readonly plan: BillingPlan;
  readonly serviceNames: readonly string[];
  /** One per replication. */
  readonly runs: readonly MeteredRun[];
  /** Runs at the plan's rest share, one per replication; null when the whole month is like the measured time. */
  readonly restRuns: readonly MeteredRun[] | null;
  /** Days without visitors; null where none were simulated: what a month of them costs is then not told. */
  readonly emptyDays: EmptyDays | null;
}

export interface PricedPlatform {
  readonly bill: BillResult;
  /** Cost metrics per replication, of the platform and of each service in the order of `serviceNames`. */
  readonly platform: readonly Numbers[];
  readonly services: readonly (readonly Numbers[])[];
  /** Requests completed in a month, mean over the replications. */
  readonly completedPerMonth: number;
  /** Exact means by metric, of the platform. */
  readonly exactUsd: Readonly<Record<string, string>>;
}

export function priceRuns(words: BillWords): PricedPlatform {
  const { plan, serviceNames, runs, restRuns, emptyDays } = words;
  const usagesOf = (metered: readonly MeteredRun[]): Usage[] => metered.map(({ usage }) => usage);
  const invoice = writeInvoice(plan, usagesOf(runs), restRuns && usagesOf(restRuns));
  const empty = emptyDays && emptyMonthInvoice(plan, emptyDays, plan.month.monthH);
  const atZeroOf = (service: string): number | null =>
    empty && Number(empty.services.find((amounts) => amounts.service === service)?.monthUsd ?? 0);
  return {
    bill: billResult(invoice, empty?.total.monthUsd ?? '0'),
    platform: invoice.replications.map(({ total }, replication) =>
      costNumbers(total, {
        of: invoice.total,
        atZeroUsd: empty && Number(empty.total.monthUsd),
        completedCount: completedInMonth(words, replication, (run) => run.completedCount),
      }),
    ),
    services: serviceNames.map((name, service) => {
      const place = invoice.services.findIndex((amounts) => amounts.service === name);
      if (place < 0) return runs.map(() => ({}));
      return invoice.replications.map(({ services }, replication) =>
        costNumbers(services[place]!, {
          of: invoice.services[place]!,
          atZeroUsd: atZeroOf(name),
          completedCount: completedInMonth(words, replication, (run) => run.completedByService[service]!),
        }),
      );
    }),
    completedPerMonth:
      runs.reduce((sum, _, replication) => sum + completedInMonth(words, replication, (run) => run.completedCount), 0) /
      runs.length,
    exactUsd: {
      cost_run: invoice.total.runUsd,
      cost_month: invoice.total.monthUsd,
      cost_month_idle: invoice.total.idleMonthUsd,
      cost_month_waiting: invoice.total.waitingMonthUsd,
      cost_month_minimum: invoice.total.minimumMonthUsd,
      ...(empty ? { cost_month_at_zero: empty.total.monthUsd } : {}),
    },
  };
}

/** What stands beside one replication's amounts; `of`, the means of all, says whether there are minimum charges. */
interface CostWords {
  readonly of: InvoiceAmounts;
  readonly atZeroUsd: number | null;
  readonly completedCount: number;
}

function costNumbers(amounts: InvoiceAmounts, { of, atZeroUsd, completedCount }: CostWords): Numbers {
  const monthUsd = Number(amounts.monthUsd);
  return {
    cost_run: Number(amounts.runUsd),
    cost_month: monthUsd,
    cost_month_idle: Number(amounts.idleMonthUsd),
    cost_month_waiting: Number(amounts.waitingMonthUsd),
    ...(Number(of.minimumMonthUsd) === 0 ? {} : { cost_month_minimum: Number(amounts.minimumMonthUsd) }),
    ...(atZeroUsd === null ? {} : { cost_month_at_zero: atZeroUsd }),
    ...(completedCount > 0 ? { cost_per_million: (monthUsd / completedCount) * 1e6 } : {}),
  };
}

/**
 * Completions of a month made like its bill: the measured time scaled to what it represents, the rest run to the rest.
 */
function completedInMonth(
  { plan, runs, restRuns }: BillWords,
  replication: number,
  completedOf: (run: MeteredRun) => number,
): number {
  const [monthH, representsH] = [Number(plan.month.monthH), Number(plan.month.representsH)];
  const scaled = (run: MeteredRun | undefined, hours: number): number =>
    run === undefined ? 0 : completedOf(run) * (hours / (Number(run.usage.measuredUs) / 3.6e9));
  return scaled(runs[replication], representsH) + scaled(restRuns?.[replication], monthH - representsH);
}

function billResult(invoice: Invoice, monthAtZeroUsd: string): BillResult {
  const { provider, region, freeTier, total } = invoice;
  return {
    provider,
    region,
    freeTier,
    lines: invoice.lines.map((line) => ({ ...line, grossMonthUsd: grossMonthUsd(line) })),
    runUsd: total.runUsd,
    monthUsd: total.monthUsd,
    monthIdleUsd: total.idleMonthUsd,
    monthWaitingUsd: total.waitingMonthUsd,
    monthMinimumUsd: total.minimumMonthUsd,
    monthBaselineUsd: total.baselineMonthUsd,
    monthUsageUsd: total.usageMonthUsd,
    monthAtZeroUsd,
    monthAssumption: monthAssumption(invoice.month),
    notes: notesOn(invoice),
  };
}

function grossMonthUsd({ unitPriceUsd, quantityMonth }: InvoiceLine): string {
  return Fraction.of(unitPriceUsd).times(Fraction.of(quantityMonth)).toDecimal(12);
}

function monthAssumption({ monthH, representsH, restShare }: MonthPlan): string {
  const rest = Fraction.of(monthH).minus(Fraction.of(representsH));
  if (rest.isZero) return `A month of ${monthH} h, all of it like the measured time.`;
  const percent = Fraction.of(restShare).times(Fraction.of(100)).toDecimal(6);
  const load = percent === '0' ? 'without visitors' : `at ${percent}% of every source's mean rate`;
  return `A month of ${monthH} h: ${representsH} h like the measured time, the other ${rest.toDecimal(6)} h ${load}.`;
}

function notesOn({ notBilled, lines, discounts }: Invoice): string[] {
  const approximated = lines.some(({ priceStatus }) => priceStatus === 'approximated');
  return [
    ...notBilled.map((what) => `Not on this bill: ${what}.`),
    ...discounts.map((title) => `Discount: ${title}.`),
    ...(approximated ? ["Prices are approximated from another region's, by a factor."] : []),
  ];
}
