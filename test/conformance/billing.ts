/**
 * Billing cases through the product's own price lists: a worked bill, or a break-even. One adapter for each platform
 * a case may name; it holds no knowledge of single cases. Money is compared to 1e-9, cents exactly.
 */
import { breakEven } from '../../src/billing/breakEven.js';
import { Fraction } from '../../src/billing/fraction.js';
import type { PricedLine } from '../../src/billing/products/contract.js';
import { Fields } from '../../src/billing/products/fields.js';
import { billStatement, compositeName, products } from '../../src/billing/products/registry.js';

interface Failure {
  readonly path: string;
  readonly expected: unknown;
  readonly got: unknown;
}
interface Outcome {
  failures: Failure[];
}
/** A case as its file gives it: unread, so everything about it is checked. */
type Vector = Readonly<Record<string, unknown>>;

const tolerance = Fraction.of('1e-9');

export const adapters: Record<string, (vector: Vector) => Outcome> = Object.fromEntries([
  ...[...products.map(({ name }) => name), compositeName].map((name) => [name, checkBill(name)] as const),
  ['break-even', checkBreakEven] as const,
]);

function checkBill(platform: string): (vector: Vector) => Outcome {
  return (vector) => {
    const expected = new Fields(vector['expect'] ?? vector['expected'], 'expect');
    const lines = billStatement(platform, vector['input'], vector['prices'], vector['rules']);
    const failures = expected.has('lines') ? checkLines(lines, expected.list('lines')) : [];
    const total = Fraction.sum(lines.map(({ cost }) => cost));
    const shown = Fraction.sum(lines.map(({ cost }) => Fraction.of(cost.toFixed(2))));
    const totals = { total, totalDisplay: total.toFixed(2), sumOfDisplayedLines: shown.toFixed(2) };
    return { failures: [...failures, ...compareLeaves('', expected, totals, ['lines'])] };
  };
}

/** Every expected line is there and every line is expected, save those that cost nothing. */
function checkLines(lines: readonly PricedLine[], expected: readonly Fields[]): Failure[] {
  const wanted = new Map(expected.map((line) => [line.text('meter'), line]));
  const failures: Failure[] = [];
  for (const [meter, line] of wanted) {
    const path = `lines[${meter}]`;
    const got = lines.find((one) => one.meter === meter);
    if (got) {
      const leaves = { meter, quantity: got.quantity, cost: got.cost, display: got.cost.toFixed(2) };
      failures.push(...compareLeaves(`${path}.`, line, leaves));
    } else if (!line.amount('cost').isZero) failures.push({ path, expected: line.raw('cost'), got: 'no such line' });
  }
  for (const { meter, cost } of lines)
    if (!wanted.has(meter) && !cost.isZero)
      failures.push({ path: `lines[${meter}]`, expected: 'no such line', got: cost.toDecimal(12) });
  return failures;
}

function checkBreakEven(vector: Vector): Outcome {
  const expected = new Fields(vector['expect'] ?? vector['expected'], 'expect');
  const input = new Fields(vector['input'], 'input');
  const invocation = input.fields('perInvocation');
  const instance = input.fields('perInstance');
  const found = breakEven(
    {
      usdPerRequest: invocation.amount('requestPerMillion').over(Fraction.of(1_000_000)),
      usdPerGbSecond: invocation.amount('gbSecond'),
      gbSecondsPerRequest: invocation.amount('gbSecondsPerRequest'),
      freeRequests: invocation.amount('freeRequests', 0),
      freeGbSeconds: invocation.amount('freeGbSeconds', 0),
    },
    {
      instanceCount: instance.amount('count', 1),
      usdPerHour: instance.amount('hourly'),
      requestsPerSecond: instance.amount('requestsPerSecond'),
      fixedUsdPerMonth: instance.amount('fixedMonthly', 0),
    },
    input.amount('hoursPerMonth', 730),
  );
  const leaves = {
    fixedPlusInstances: found.fixedPlusInstancesUsd,
    requestsPerMonth: found.crossing?.requestsPerMonth ?? null,
    meanRps: found.crossing?.meanPerSecond ?? null,
    utilisation: found.crossing?.utilisation ?? null,
    winnerAbove: found.winnerAbove,
    marginalUtilisation: found.marginalUtilisation,
  };
  return { failures: compareLeaves('', expected, leaves) };
}

/** Compares every leaf of the expectation but the skipped ones; one the product has no answer for is a failure. */
function compareLeaves(
  path: string,
  expected: Fields,
  got: Readonly<Record<string, Fraction | string | null>>,
  skipped: readonly string[] = [],
): Failure[] {
  return expected
    .names()
    .filter((name) => !skipped.includes(name))
    .flatMap((name) => {
      const value = Object.hasOwn(got, name) ? got[name] : undefined;
      const wanted = expected.raw(name);
      if (value instanceof Fraction)
        return isClose(value, expected.amount(name))
          ? []
          : [{ path: `${path}${name}`, expected: wanted, got: value.toDecimal(12) }];
      return value === wanted ? [] : [{ path: `${path}${name}`, expected: wanted, got: value ?? 'nothing' }];
    });
}

function isClose(a: Fraction, b: Fraction): boolean {
  const difference = a.minus(b);
  return difference.atLeast(Fraction.zero.minus(difference)).compare(tolerance) <= 0;
}
