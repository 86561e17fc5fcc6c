/**
 * The bills as the JSON that Infracost prints (`infracost breakdown --format json`), so that they can stand where tools
 * for pull requests expect that: one project a platform, one resource a service and part, one cost component a line.
 *
 * Its own file because the layout is another tool's. Quantities are what is paid for, after the free part, so that
 * quantity times price is the cost; components are usage-based where they bill invocations, and the baseline where they
 * bill instances. There is no `timeGenerated`: the same scenario gives the same bytes.
 * Source: infracost/infracost internal/output (Root, Project, Breakdown, Resource, CostComponent); format version 0.2.
 */
import { Fraction } from '../billing/fraction.js';
import type { BillResult, Comparison, InvoiceLineResult } from './contract.js';
import { freePart } from './freePart.js';

const decimals = 12;

/** A plain value for `JSON.stringify`; money and quantities are texts. */
export function infracostDocument({ platforms, run }: Comparison): unknown {
  const hours = Fraction.of(run.monthHours);
  const projects = platforms.map(({ name, preset, bill }) => ({
    name,
    metadata: { type: 'windtunnel', preset, region: bill.region, provider: bill.provider },
    breakdown: breakdownOf(bill, hours),
  }));
  return { version: '0.2', currency: 'USD', projects };
}

function breakdownOf({ lines }: BillResult, hours: Fraction): unknown {
  const keyOf = ({ service, part }: InvoiceLineResult): string => (service === '' ? part : `${service} (${part})`);
  const names = [...new Set(lines.map(keyOf))];
  const totals = costsOf(lines, hours);
  return {
    resources: names.map((name) => {
      const own = lines.filter((line) => keyOf(line) === name);
      const { totalHourlyCost, totalMonthlyCost, totalMonthlyUsageCost } = costsOf(own, hours);
      return {
        name,
        resourceType: own[0]!.part, // A name is listed for a line it has.
        hourlyCost: totalHourlyCost,
        monthlyCost: totalMonthlyCost,
        monthlyUsageCost: totalMonthlyUsageCost,
        costComponents: own.map((line) => componentOf(line, hours)),
      };
    }),
    ...totals,
  };
}

function costsOf(lines: readonly InvoiceLineResult[], hours: Fraction) {
  const sum = (of: readonly InvoiceLineResult[]): Fraction =>
    Fraction.sum(of.map(({ amountMonthUsd }) => Fraction.of(amountMonthUsd)));
  const month = sum(lines);
  return {
    totalHourlyCost: month.over(hours).toDecimal(decimals),
    totalMonthlyCost: month.toDecimal(decimals),
    totalMonthlyUsageCost: sum(lines.filter(({ bills }) => bills === 'invocations')).toDecimal(decimals),
  };
}

function componentOf(line: InvoiceLineResult, hours: Fraction): unknown {
  const paid = Fraction.of(line.quantityMonth).minus(Fraction.of(freePart(line)));
  return {
    name: `${line.line}${line.sku === '' ? '' : ` (${line.sku})`}`,
    unit: line.unit,
    hourlyQuantity: paid.over(hours).toDecimal(decimals),
    monthlyQuantity: paid.toDecimal(decimals),
    price: line.unitPriceUsd,
    hourlyCost: Fraction.of(line.amountMonthUsd).over(hours).toDecimal(decimals),
    monthlyCost: line.amountMonthUsd,
    usageBased: line.bills === 'invocations',
    priceNotFound: false,
  };
}
