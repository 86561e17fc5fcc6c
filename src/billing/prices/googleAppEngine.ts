/**
 * Prices: Google App Engine, standard and flexible.
 *
 * Data only, in US dollars, each price with its date, its source and how sure it is; what is metered and how it is
 * rounded is not said here. Its own file, so that a change of prices is a change of one list.
 */
import type { PriceList } from './priceList.js';

export const googleAppEnginePrices: readonly PriceList[] = [
  {
    provider: 'gcp',
    region: 'us-central1',
    service: 'App Engine standard',
    asOf: '2026',
    status: 'stored-source',
    source:
      'two stored public evaluation documents (F1/B1 0.05, F2/B2 0.10, F4/B4 0.20, F4_1G 0.30); ' +
      'i05nagai/memorandum (B1 0.05, F4_1G 0.30)',
    rows: [
      {
        id: 'gcp.gae.F1',
        title: 'F1',
        unit: 'instance-hour',
        usd: '0.05',
        free: { allowance: 'gcp.gae.f-hours', amount: '28', per: 'day', weight: '1' },
      },
      {
        id: 'gcp.gae.F2',
        title: 'F2',
        unit: 'instance-hour',
        usd: '0.10',
        free: { allowance: 'gcp.gae.f-hours', amount: '28', per: 'day', weight: '2' },
      },
      {
        id: 'gcp.gae.F4',
        title: 'F4',
        unit: 'instance-hour',
        usd: '0.20',
        free: { allowance: 'gcp.gae.f-hours', amount: '28', per: 'day', weight: '4' },
      },
      {
        id: 'gcp.gae.F4_1G',
        title: 'F4_1G',
        unit: 'instance-hour',
        usd: '0.30',
        free: { allowance: 'gcp.gae.f-hours', amount: '28', per: 'day', weight: '6' },
      },
      {
        id: 'gcp.gae.B1',
        title: 'B1',
        unit: 'instance-hour',
        usd: '0.05',
        free: { allowance: 'gcp.gae.b-hours', amount: '9', per: 'day', weight: '1' },
      },
      {
        id: 'gcp.gae.B2',
        title: 'B2',
        unit: 'instance-hour',
        usd: '0.10',
        free: { allowance: 'gcp.gae.b-hours', amount: '9', per: 'day', weight: '2' },
      },
      {
        id: 'gcp.gae.B4',
        title: 'B4',
        unit: 'instance-hour',
        usd: '0.20',
        free: { allowance: 'gcp.gae.b-hours', amount: '9', per: 'day', weight: '4' },
      },
      {
        id: 'gcp.gae.B4_1G',
        title: 'B4_1G',
        unit: 'instance-hour',
        usd: '0.30',
        free: { allowance: 'gcp.gae.b-hours', amount: '9', per: 'day', weight: '6' },
        status: 'recalled',
        source: 'from memory (multiple of B1)',
      },
      {
        id: 'gcp.gae.B8',
        title: 'B8',
        unit: 'instance-hour',
        usd: '0.40',
        free: { allowance: 'gcp.gae.b-hours', amount: '9', per: 'day', weight: '8' },
        status: 'consistent',
        source: 'eight times B1, as on the App Engine 1.7.1 SDK billing page (mirror.its.dal.ca): 0.64 and 0.08',
      },
      {
        id: 'gcp.gae.egress',
        title: 'internet egress',
        unit: 'GB',
        usd: '0.12',
        region: 'all',
        free: { allowance: 'gcp.gae.egress', amount: '1', per: 'day' },
        status: 'stored-source',
        source: 'App Engine 1.7.1 SDK billing page (mirror.its.dal.ca): outgoing bandwidth, 0.12 a gigabyte',
        note: 'the free gigabyte a day is recalled (cloud.google.com/appengine/quotas)',
      },
    ],
  },
  {
    provider: 'gcp',
    region: 'us-central1',
    service: 'App Engine flexible',
    asOf: '2018 or later',
    status: 'stored-source',
    source: 'i05nagai/memorandum cloud/gcp/google_app_engine.md',
    rows: [
      { id: 'gcp.gaeflex.vcpu', title: 'vCPU', unit: 'core-hour', usd: '0.0526' },
      { id: 'gcp.gaeflex.gb', title: 'memory', unit: 'GB-hour', usd: '0.0071' },
      {
        id: 'gcp.gaeflex.disk',
        title: 'persistent disk',
        unit: 'GB-month',
        usd: '0.04',
        asOf: '2026',
        status: 'recalled',
        source: 'from memory (the stored note says 0.041)',
      },
    ],
  },
];
