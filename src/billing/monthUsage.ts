/**
 * From usage to quantities: what one replication used in the measured time, and what a month of it would be. Its own
 * file because a month is made of usage, never of money: the measured time stretched to `representsH`, the rest of
 * the month from a run at the rest's traffic; tiers and allowances come after.
 */
import type { BillingPlan, Charge, ChargeUsage, Decimal, Usage } from './contract.js';
import type { BilledHours } from './discounts.js';
import { Fraction } from './fraction.js';
import { partsPerMeasure } from './meters/registry.js';

/** Quantities in the price's unit, and of the month's amount the shares that paid for idling and for waiting. */
export interface ChargeQuantities {
  readonly run: Fraction;
  readonly month: Fraction;
  /** The month's quantity by its parts: what the measured time represents, and the rest if there is one. */
  readonly monthParts: readonly Fraction[];
  readonly idleShare: Fraction;
  readonly waitingShare: Fraction;
  readonly minimumShare: Fraction;
}

/** A usage and how many times it happens in the month. */
interface Scaled {
  readonly usage: Usage;
  readonly times: Fraction;
}

const usPerHour = Fraction.of(3_600_000_000);

/**
 * @param unitsOf of each charge, how many base units make one unit of its price
 * @throws RangeError when the usage is of another plan, or nothing was measured, or the rest of the month is missing
 */
export function quantitiesOf(
  plan: BillingPlan,
  usage: Usage,
  rest: Usage | null,
  unitsOf: readonly Decimal[],
): ChargeQuantities[] {
  const parts = monthParts(plan, usage, rest);
  return plan.charges.map((charge, index) => {
    const units = (ofUsage: Usage): Fraction =>
      Fraction.of(ofUsage.charges[index]!.quantity)
        .over(Fraction.of(partsPerMeasure(charge.meter)))
        .times(Fraction.of(charge.unitsPer))
        .over(Fraction.of(unitsOf[index]!));
    const sumOf = (what: (charge: ChargeUsage) => string): Fraction =>
      overMonth(parts, ({ charges }) => Fraction.of(what(charges[index]!)));
    const billed = sumOf(({ quantity }) => quantity);
    const worked = sumOf(({ workedUs }) => workedUs);
    const minimum = sumOf(({ minimumUs = '0' }) => minimumUs);
    return {
      run: units(usage),
      month: overMonth(parts, units),
      monthParts: parts.map((part) => overMonth([part], units)),
      idleShare: idleShare(charge, parts),
      minimumShare: share(minimum, billed, Fraction.zero),
      waitingShare: share(
        sumOf(({ waitingUs }) => waitingUs),
        billed.atLeast(worked),
        Fraction.zero,
      ),
    };
  });
}

/** Hours of the measured time, and of each part of the month. */
export function hoursOf({ month }: BillingPlan, { measuredUs }: Usage): BilledHours {
  const representsH = Fraction.of(month.representsH);
  const restH = Fraction.of(month.monthH).minus(representsH);
  return {
    run: Fraction.of(measuredUs).over(usPerHour),
    monthParts: restH.isZero ? [representsH] : [representsH, restH],
  };
}

function monthParts({ charges, month }: BillingPlan, usage: Usage, rest: Usage | null): Scaled[] {
  const monthH = Fraction.of(month.monthH);
  const representsH = Fraction.of(month.representsH);
  const restH = monthH.minus(representsH);
  if (restH.isNegative) throw new RangeError(`${month.representsH} h of a month of ${month.monthH} h`);
  if (!restH.isZero && !rest) throw new RangeError('the rest of the month needs a run of its own');
  const parts = [{ usage, hours: representsH }, ...(rest && !restH.isZero ? [{ usage: rest, hours: restH }] : [])];
  return parts.map((part) => {
    const measured = Fraction.of(part.usage.measuredUs);
    if (measured.isZero) throw new RangeError('nothing was measured');
    if (part.usage.charges.length !== charges.length) throw new RangeError('the usage is of another plan');
    return { usage: part.usage, times: part.hours.times(usPerHour).over(measured) };
  });
}

function overMonth(parts: readonly Scaled[], what: (usage: Usage) => Fraction): Fraction {
  return Fraction.sum(parts.map(({ usage, times }) => what(usage).times(times)));
}

/** One minus what was used of what stood ready; where nothing stood there, what was paid was paid for nothing. */
function idleShare({ idle, meter, service }: Charge, parts: readonly Scaled[]): Fraction {
  if (idle === 'none') return Fraction.zero;
  if (idle === 'whole') return Fraction.one;
  if (idle === 'nodes') {
    const pool = meter.kind === 'node-time' ? meter.pool : -1;
    const sumOf = (what: 'requested' | 'allocatable'): Fraction =>
      overMonth(parts, ({ nodeActivity }) => Fraction.of(nodeActivity[pool]?.[what] ?? '0'));
    return Fraction.one.minus(share(sumOf('requested'), sumOf('allocatable'), Fraction.zero));
  }
  const sumOf = (what: 'busyUs' | 'instanceUs'): Fraction =>
    overMonth(parts, ({ activity }) =>
      Fraction.sum(
        activity.filter((one) => idle === 'platform' || one.service === service).map((one) => Fraction.of(one[what])),
      ),
    );
  return Fraction.one.minus(share(sumOf('busyUs'), sumOf('instanceUs'), Fraction.zero));
}

/** In [0, 1]: what a meter clips a little differently than the state does is no more than the whole. */
function share(part: Fraction, whole: Fraction, ofNothing: Fraction): Fraction {
  return whole.isZero ? ofNothing : part.over(whole).atMost(Fraction.one);
}
