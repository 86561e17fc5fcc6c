/**
 * Prices: AWS Fargate.
 *
 * Data only, in US dollars, each price with its date, its source and how sure it is; what is metered and how it is
 * rounded is not said here. Its own file, so that a change of prices is a change of one list.
 */
import type { PriceList } from './priceList.js';

const spotDocument =
  'documentation of Harness Cloud Cost Management, “ECS Fargate pricing”, a public copy (CPU 0.01334053 and ' +
  'memory 0.00146489 an hour)';

export const awsFargatePrices: readonly PriceList[] = [
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 'Fargate',
    asOf: '2026',
    status: 'stored-source',
    source:
      'aws.amazon.com/fargate/pricing, page text stored in a public repository copy; ' +
      'vantage.sh/blog/fargate-pricing',
    rows: [
      { id: 'aws.fargate.x86.vcpu', title: 'Linux x86 vCPU', unit: 'vCPU-hour', usd: '0.04048' },
      { id: 'aws.fargate.x86.gb', title: 'Linux x86 memory', unit: 'GB-hour', usd: '0.004445' },
      { id: 'aws.fargate.arm64.vcpu', title: 'Linux arm64 vCPU', unit: 'vCPU-hour', usd: '0.03238' },
      { id: 'aws.fargate.arm64.gb', title: 'Linux arm64 memory', unit: 'GB-hour', usd: '0.00356' },
      { id: 'aws.fargate.storage', title: 'ephemeral storage above 20 GB', unit: 'GB-hour', usd: '0.000111' },
      {
        id: 'aws.fargate.windows.vcpu',
        title: 'Windows vCPU (without OS fee)',
        unit: 'vCPU-hour',
        usd: '0.09148',
        source: 'vantage.sh/blog/fargate-pricing',
        note: 'plus OS fee 0.046 per vCPU-hour (0.0000127778 per second)',
      },
      {
        id: 'aws.fargate.windows.gb',
        title: 'Windows memory',
        unit: 'GB-hour',
        usd: '0.01005',
        source: 'vantage.sh/blog/fargate-pricing',
      },
      {
        id: 'aws.fargate.spot.vcpu',
        title: 'Spot Linux x86 vCPU',
        unit: 'vCPU-hour',
        usd: '0.01334053',
        source: spotDocument,
        note: 'moves over time (page: up to 70 % off)',
      },
      {
        id: 'aws.fargate.spot.gb',
        title: 'Spot Linux x86 memory',
        unit: 'GB-hour',
        usd: '0.00146489',
        source: spotDocument,
        note: 'moves over time',
      },
    ],
  },
];
