/**
 * Worked examples of the providers' pricing pages, and of pages that restate them, beyond those of the conformance
 * suite: priced by the product's own price lists, to the cent that the page shows. Those marked * were recalled, and
 * their arithmetic was done again by hand; the others were read in stored copies of the pages.
 */
import { expect, test } from 'vitest';
import { Fraction } from '../../src/billing/fraction.js';
import { billStatement } from '../../src/billing/products/registry.js';

interface Example {
  readonly what: string;
  readonly product: string;
  readonly input: unknown;
  readonly prices: unknown;
  /** Cents by line, lines that cost nothing left out, and the total. */
  readonly lines: Readonly<Record<string, string>>;
  readonly total: string;
}

const lambdaPrices = {
  requestPerMillion: '0.20',
  gbSecondTiers: [
    { upTo: '6000000000', price: '0.0000166667' },
    { upTo: '15000000000', price: '0.000015' },
    { upTo: null, price: '0.0000133334' },
  ],
  provisionedGbSecond: '0.0000041667',
  provisionedDurationGbSecond: '0.0000097222',
};
const functionPrices = { perMillion: '0.40', gbSecond: '0.0000025', ghzSecond: '0.00001', egressGb: '0.12' };
const balancerPrices = { hour: '0.0225', lcuHour: '0.008' };
const kb = (count: number): string =>
  Fraction.of(count)
    .over(Fraction.of(1024 * 1024))
    .toDecimal(9);

const examples: readonly Example[] = [
  {
    what: 'Lambda: 3M calls of 200 ms at 512 MB, within the free compute (leyaa.ai, restating the page)',
    product: 'aws-lambda',
    input: { memoryMb: 512, invocations: [{ count: 3_000_000, durationMs: 200 }] },
    prices: lambdaPrices,
    lines: { requests: '0.40' },
    total: '0.40',
  },
  {
    what: '* Lambda: 1,000 provisioned for two hours, 1.2M calls of a second at 1 GB',
    product: 'aws-lambda',
    input: {
      memoryMb: 1024,
      freeTier: false,
      provisioned: {
        concurrency: 1000,
        enabledSeconds: 7200,
        invocations: [{ count: 1_200_000, durationMs: 1000 }],
      },
    },
    prices: lambdaPrices,
    lines: { requests: '0.24', 'provisioned-concurrency': '30.00', 'provisioned-duration': '11.67' },
    total: '41.91',
  },
  {
    what: 'Azure Consumption: 3M executions of a second at 1.5 GB (modal.com, restating the page)',
    product: 'azure-functions-consumption',
    input: { executions: [{ count: 3_000_000, durationMs: 1000, memoryMb: 1536 }] },
    prices: { gbSecond: '0.000016', perMillion: '0.20' },
    lines: { 'execution-time': '65.60', executions: '0.40' },
    total: '66.00',
  },
  {
    what: '* Cloud Functions: a simple event-driven function, 10M calls of 300 ms at 128 MB',
    product: 'gcf-gen1',
    input: { memoryMb: 128, invocations: [{ count: 10_000_000, durationMs: 300 }] },
    prices: functionPrices,
    lines: { invocations: '3.20', cpu: '4.00' },
    total: '7.20',
  },
  {
    what: '* Cloud Functions: an HTTP function of medium complexity, 50M calls of 500 ms at 256 MB, 5 kB each out',
    product: 'gcf-gen1',
    input: {
      memoryMb: 256,
      egressGb: kb(250_000_000),
      invocations: [{ count: 50_000_000, durationMs: 500 }],
    },
    prices: functionPrices,
    lines: { invocations: '19.20', memory: '14.63', cpu: '98.00', egress: '28.01' },
    total: '159.84',
  },
  {
    what: '* ALB: one new connection a second for two minutes, 5 requests/s, 300 KB/s, 60 rules, 720 h',
    product: 'aws-alb',
    input: {
      hours: 720,
      usage: [
        {
          hours: 720,
          newConnectionsPerSecond: 1,
          activeConnectionsPerMinute: 120,
          processedGbPerHour: '1.08',
          requestsPerSecond: 5,
          rulesProcessed: 60,
        },
      ],
    },
    prices: balancerPrices,
    lines: { 'lb-hours': '16.20', 'lcu-hours': '6.22' },
    total: '22.42',
  },
  {
    what: '* ALB: 100 new connections a second for three minutes, 400 requests/s, 1,000 KB/s, 20 rules, 720 h',
    product: 'aws-alb',
    input: {
      hours: 720,
      usage: [
        {
          hours: 720,
          newConnectionsPerSecond: 100,
          activeConnectionsPerMinute: 18_000,
          processedGbPerHour: '3.6',
          requestsPerSecond: 400,
          rulesProcessed: 20,
        },
      ],
    },
    prices: balancerPrices,
    lines: { 'lb-hours': '16.20', 'lcu-hours': '34.56' },
    total: '50.76',
  },
  {
    what: 'API Gateway: 216M HTTP calls; 5M REST calls that answer 3 KB each (awsforengineers.com, restating the page)',
    product: 'tiered-meter',
    input: {
      meters: [
        { meter: 'http', quantity: 216_000_000, sizeKb: 3 },
        { meter: 'rest', quantity: 5_000_000 },
        { meter: 'egress', quantity: kb(15_000_000) },
      ],
    },
    prices: {
      meters: {
        http: {
          per: 1_000_000,
          chunk: 512,
          tiers: [
            { upTo: '300000000', price: '1.00' },
            { upTo: null, price: '0.90' },
          ],
        },
        rest: {
          per: 1_000_000,
          tiers: [
            { upTo: '333000000', price: '3.50' },
            { upTo: null, price: '2.80' },
          ],
        },
        egress: { price: '0.09' },
      },
    },
    lines: { http: '216.00', rest: '17.50', egress: '1.29' },
    total: '234.79',
  },
  {
    what: 'Cloud Run functions of the 1st generation: one 1 GB instance kept idle a month of 30 days (firebase-tools)',
    product: 'tiered-meter',
    input: {
      meters: [
        { meter: 'memory', quantity: 2_592_000 },
        { meter: 'cpu', quantity: '3628800' },
      ],
    },
    prices: { meters: { memory: { price: '0.0000025' }, cpu: { price: '0.000001' } } },
    lines: { memory: '6.48', cpu: '3.63' },
    total: '10.11',
  },
];

test.each(examples.map((example) => [example.what, example] as const))(
  '%s',
  (_, { product, input, prices, ...want }) => {
    const lines = billStatement(product, input, prices, undefined);
    const shown = lines.filter(({ cost }) => !cost.isZero).map(({ meter, cost }) => [meter, cost.toFixed(2)]);
    expect(Object.fromEntries(shown)).toEqual(want.lines);
    expect(Fraction.sum(lines.map(({ cost }) => cost)).toFixed(2)).toBe(want.total);
  },
);
