/**
 * The JSON document of a break-even. Its own file for the reason of `resultDocument.ts`: it is a public promise. Of
 * traffic values are requests a second under that name; of a path they are numbers in the unit that stands beside them.
 */
import type { BreakEvenFound, BreakEvenQuestion } from './breakEvenSearch.js';
import { formatVersion } from './contract.js';

/** Everything a break-even found out. */
export interface BreakEvenResult {
  readonly scenario: string;
  readonly seed: string;
  readonly question: BreakEvenQuestion;
  readonly found: BreakEvenFound;
}

/** A plain value for `JSON.stringify`. */
export function breakEvenDocument({ scenario, seed, question, found }: BreakEvenResult): unknown {
  const { axis, between, replications } = question;
  const isTraffic = axis.vary === 'traffic';
  const valueName = isTraffic ? 'requestsPerSecond' : 'value';
  return {
    formatVersion,
    complete: found.complete,
    scenario,
    seed,
    replications,
    breakeven: {
      vary: axis.vary,
      ...(isTraffic ? {} : { unit: axis.unit }),
      between,
      range: [axis.low, axis.high],
      crossings: found.crossings.map(({ value, ci, cheaperBelow, cheaperAbove, costMonthUsd }) => ({
        [valueName]: value,
        ...(ci ? { ci } : {}),
        cheaperBelow,
        cheaperAbove,
        costMonth: costMonthUsd,
      })),
      points: found.points.map(({ value, costsUsd, isServed }) => ({
        [valueName]: value,
        costMonth: Object.fromEntries(between.map((name, side) => [name, costsUsd[side]])),
        served: isServed,
      })),
      refusals: found.refusals,
    },
  };
}
