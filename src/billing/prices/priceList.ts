/**
 * How prices are written down, and what the units mean. Its own file so that the lists beside it hold data and
 * nothing else: what a whole list has in common stands at its head, a row only says what differs.
 */
import type { Decimal, FreeAllowance, PriceEntry, PriceStatus, PriceTier } from '../contract.js';
import { flatPrice } from '../tiers.js';

interface PriceHead {
  readonly asOf: string;
  readonly source: string;
  readonly status: PriceStatus;
}

export interface PriceRow extends Partial<PriceHead> {
  readonly id: string;
  readonly title: string;
  readonly unit: PriceUnit;
  /** One price, or tiers. */
  readonly usd?: Decimal;
  readonly tiers?: readonly PriceTier[];
  readonly free?: Partial<FreeAllowance> & Pick<FreeAllowance, 'allowance' | 'amount'>;
  readonly region?: string;
  readonly note?: string;
}

export interface PriceList extends PriceHead {
  readonly provider: string;
  readonly region: string;
  readonly service: string;
  readonly rows: readonly PriceRow[];
}

/** Units as providers quote them -> what is counted, and how much of it makes one unit. A month is 730 hours. */
const units = {
  hour: ['second', '3600'],
  'cluster-hour': ['second', '3600'],
  'instance-hour': ['second', '3600'],
  'vCPU-hour': ['vCPU-second', '3600'],
  'core-hour': ['vCPU-second', '3600'],
  'vCPU-second': ['vCPU-second', '1'],
  'GHz-second': ['GHz-second', '1'],
  'GB-hour': ['GB-second', '3600'],
  'GB-second': ['GB-second', '1'],
  'GiB-second': ['GB-second', '1'],
  'GB-month': ['GB-second', '2628000'],
  'LCU-hour': ['LCU-hour', '1'],
  'NLCU-hour': ['NLCU-hour', '1'],
  request: ['request', '1'],
  invocation: ['request', '1'],
  'million requests': ['request', '1000000'],
  'million executions': ['request', '1000000'],
  WRU: ['request', '1'],
  RRU: ['request', '1'],
  GB: ['byte', '1000000000'],
  GiB: ['byte', '1073741824'],
  'GB restored': ['GB', '1'],
  'fraction of EC2 on-demand price': ['fraction', '1'],
  rule: ['rule', '1'],
} as const satisfies Readonly<Record<string, readonly [baseUnit: string, baseUnitsPerUnit: Decimal]>>;

export type PriceUnit = keyof typeof units;

/** What is counted for a price of that unit, and how much of it makes one; null for a unit that nobody quotes. */
export function unitParts(unit: string): { readonly baseUnit: string; readonly baseUnitsPerUnit: Decimal } | null {
  if (!Object.hasOwn(units, unit)) return null;
  const [baseUnit, baseUnitsPerUnit] = units[unit as PriceUnit];
  return { baseUnit, baseUnitsPerUnit };
}

export const priceUnits: readonly string[] = Object.keys(units);

/** The list's rows, each complete. @throws RangeError for a row with neither price nor tiers: a fault of the data */
export function entriesOf({ provider, service, rows, ...head }: PriceList): PriceEntry[] {
  return rows.map((row) => {
    const tiers = row.tiers ?? (row.usd === undefined ? [] : flatPrice(row.usd));
    if (tiers.length === 0) throw new RangeError(`${row.id}: no price`);
    const [baseUnit, baseUnitsPerUnit] = units[row.unit];
    return {
      id: row.id,
      provider,
      region: row.region ?? head.region,
      title: `${service}: ${row.title}`,
      unit: row.unit,
      baseUnit,
      baseUnitsPerUnit,
      tiers,
      free: row.free ? { kind: 'quantity', per: 'month', weight: '1', ...row.free } : null,
      asOf: row.asOf ?? head.asOf,
      source: row.source ?? head.source,
      status: row.status ?? head.status,
      note: row.note ?? '',
    };
  });
}
