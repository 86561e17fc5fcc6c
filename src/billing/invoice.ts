/**
 * The invoice: usage and prices become lines. Its own file because here, and only here, the order of the steps is
 * kept: stretch the usage to a month, take the allowances off once per account, cut into tiers, then multiply. Exact
 * throughout; what is written has 12 decimals, and totals are sums of what is written.
 *
 * Each replication is billed by itself and the lines are averaged, so they add up to the means of the sums.
 * Checked in test/billing/invoice.test.ts.
 */
import type { BillingPlan, Invoice, InvoiceLine, Usage } from './contract.js';
import { applyDiscounts, type Discounted, reducedPrice } from './discounts.js';
import { Fraction } from './fraction.js';
import { priceRows, type Row } from './invoiceRows.js';
import { amountsOf, assertAddsUp } from './invoiceSums.js';
import { hoursOf, quantitiesOf } from './monthUsage.js';
import { type ChargePrice, priceOf } from './pricing.js';
import { tierName } from './tiers.js';
import { sumUsage } from './usage.js';

/** Decimals of everything that is written: a millionth of a millionth of a dollar, or of a unit. */
const decimals = 12;

/**
 * Prices the usage of all replications.
 *
 * @param usages one per replication, at least one
 * @param restUsages runs at the plan's `restShare`, needed when representsH < monthH: as many as `usages`, each beside
 * its own, or any other number, of which the mean is taken
 * @throws RangeError when a price is missing or the usage doesn't fit the plan: a caller's mistake
 */
export function writeInvoice(
  plan: BillingPlan,
  usages: readonly Usage[],
  restUsages: readonly Usage[] | null,
): Invoice {
  if (usages.length === 0) throw new RangeError('an invoice needs at least one run');
  const prices = plan.charges.map((charge) => priceOf(charge, plan));
  const units = prices.map(({ baseUnitsPerUnit }) => baseUnitsPerUnit);
  const rests = restsFor(usages, restUsages);
  const billed = usages.map((usage, replication) => {
    const quantities = quantitiesOf(plan, usage, rests[replication]!, units);
    return applyDiscounts(plan, priceRows(plan, prices, quantities), quantities, hoursOf(plan, usage));
  });
  const lines = averageLines(plan, prices, billed);
  const services = [...new Set([...plan.charges, ...lines].map(ownerOf))];
  const ofService = (from: readonly InvoiceLine[], service: string) =>
    amountsOf(from.filter((line) => ownerOf(line) === service));
  const invoice: Invoice = {
    currency: 'USD',
    provider: plan.provider,
    region: plan.region,
    freeTier: plan.freeTier,
    month: plan.month,
    lines,
    total: amountsOf(lines),
    services: services.map((service) => ({ service, ...ofService(lines, service) })),
    replications: billed.map((one) => {
      const own = averageLines(plan, prices, [one]);
      return { total: amountsOf(own), services: services.map((service) => ofService(own, service)) };
    }),
    notBilled: plan.notBilled,
    discounts: (plan.discounts ?? []).map(({ title }) => title),
  };
  assertAddsUp(invoice);
  return invoice;
}

/** A month without visitors: the usage of idle runs, stretched to the whole month. */
export function zeroTrafficMonth(plan: BillingPlan, idleUsages: readonly Usage[]): Invoice {
  const { monthH } = plan.month;
  return writeInvoice({ ...plan, month: { monthH, representsH: monthH, restShare: '0' } }, idleUsages, null);
}

function restsFor(usages: readonly Usage[], rests: readonly Usage[] | null): (Usage | null)[] {
  if (!rests || rests.length === 0) return usages.map(() => null);
  if (rests.length === usages.length) return [...rests];
  const all = rests.reduce(sumUsage); // Scaled by its measured time, a sum is the mean.
  return usages.map(() => all);
}

/** The service a line is for; databases, which may have a service's name, are shared by services. */
function ownerOf({ part, service }: Pick<InvoiceLine, 'part' | 'service'>): string {
  return part === 'database' ? '' : service;
}

/**
 * One line for each charge, tier and discount that any replication reached, in the order of the plan: what discounts
 * cover before what is left at the list price; last what commitments were paid for nothing.
 */
function averageLines(plan: BillingPlan, prices: readonly ChargePrice[], billed: readonly Discounted[]): InvoiceLine[] {
  const count = Fraction.of(billed.length);
  const all = billed.flatMap(({ rows }) => rows);
  const places = [...(plan.discounts ?? []).keys(), -1];
  const lines = plan.charges.flatMap((_, charge) =>
    prices[charge]!.tiers.flatMap((_, tier) =>
      places.flatMap((discount) => {
        const same = all.filter((row) => row.charge === charge && row.tier === tier && row.discount === discount);
        if (same.length === 0) return [];
        const mean = (what: (row: Row) => Fraction): string =>
          Fraction.sum(same.map(what)).over(count).toDecimal(decimals);
        return [lineOf(plan, prices[charge]!, same[0]!, mean)];
      }),
    ),
  );
  return [...lines, ...unusedCommitments(plan, billed)];
}

/** What each commitment was paid without use for it: nothing, where every replication used all of it. */
function unusedCommitments({ discounts = [], charges }: BillingPlan, billed: readonly Discounted[]): InvoiceLine[] {
  return discounts.flatMap(({ commitment, charges: covered, title }, place) => {
    if (!commitment) return [];
    const mean = (what: 'run' | 'month', usd: string): string =>
      Fraction.sum(billed.map(({ unused }) => unused.find(({ discount }) => discount === place)![what]))
        .times(Fraction.of(usd))
        .over(Fraction.of(billed.length))
        .toDecimal(decimals);
    const monthUsd = mean('month', commitment.usd);
    return [
      {
        service: '',
        part: charges[covered[0] ?? -1]?.part ?? 'compute',
        line: 'unused-commitment',
        sku: '',
        bills: 'instances',
        unit: commitment.unit,
        unitPriceUsd: commitment.usd,
        quantityRun: mean('run', '1'),
        quantityMonth: mean('month', '1'),
        freeMonth: '0',
        amountRunUsd: mean('run', commitment.usd),
        amountMonthUsd: monthUsd,
        idleMonthUsd: monthUsd,
        waitingMonthUsd: '0',
        minimumMonthUsd: '0',
        creditMonthUsd: '0',
        grossMonthUsd: monthUsd,
        priceDate: '',
        priceStatus: 'own',
        priceSource: `the scenario: ${title}`,
      },
    ];
  });
}

function lineOf(
  plan: BillingPlan,
  price: ChargePrice,
  { charge, tier, discount }: Pick<Row, 'charge' | 'tier' | 'discount'>,
  mean: (what: (row: Row) => Fraction) => string,
): InvoiceLine {
  const { service, part, line, bills } = plan.charges[charge]!;
  const reduction = plan.discounts?.[discount];
  return {
    service,
    part,
    line: tierName(line, tier),
    sku: price.sku,
    bills,
    unit: price.unit,
    unitPriceUsd: reducedPrice(price.tiers[tier]!.usd, reduction),
    quantityRun: mean((row) => row.quantityRun),
    quantityMonth: mean((row) => row.quantityMonth),
    freeMonth: mean((row) => row.freeMonth),
    amountRunUsd: mean((row) => row.amountRun),
    amountMonthUsd: mean((row) => row.amountMonth),
    idleMonthUsd: mean((row) => row.idleMonth),
    waitingMonthUsd: mean((row) => row.waitingMonth),
    minimumMonthUsd: mean((row) => row.minimumMonth),
    creditMonthUsd: mean((row) => row.creditMonth),
    grossMonthUsd: mean((row) => row.grossMonth),
    priceDate: price.date,
    priceStatus: price.status,
    priceSource: price.source,
    ...(reduction ? { discount: reduction.title } : {}),
  };
}
