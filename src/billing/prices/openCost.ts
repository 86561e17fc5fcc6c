/**
 * Prices: OpenCost defaults, for splitting a node price between CPU and memory.
 *
 * Data only, in US dollars, each price with its date, its source and how sure it is; what is metered and how it is
 * rounded is not said here. Its own file, so that a change of prices is a change of one list.
 */
import type { PriceList } from './priceList.js';

export const openCostPrices: readonly PriceList[] = [
  {
    provider: 'opencost',
    region: 'any',
    service: 'allocation defaults',
    asOf: '2024-10-24',
    status: 'stored-source',
    source: 'opencost/opencost@5f653330 configs/default.json',
    rows: [
      {
        id: 'opencost.default.cpu',
        title: 'default cpu',
        unit: 'core-hour',
        usd: '0.031611',
        note: 'used to split a node price between CPU and RAM, and as price on a custom provider',
      },
      {
        id: 'opencost.default.spotcpu',
        title: 'default spotcpu',
        unit: 'core-hour',
        usd: '0.006655',
        note: 'used to split a node price between CPU and RAM, and as price on a custom provider',
      },
      {
        id: 'opencost.default.ram',
        title: 'default ram',
        unit: 'GB-hour',
        usd: '0.004237',
        note: 'used to split a node price between CPU and RAM, and as price on a custom provider',
      },
      {
        id: 'opencost.default.spotram',
        title: 'default spotram',
        unit: 'GB-hour',
        usd: '0.000892',
        note: 'used to split a node price between CPU and RAM, and as price on a custom provider',
      },
      {
        id: 'opencost.azure.cpu',
        title: 'azure cpu',
        unit: 'core-hour',
        usd: '0.03900',
        source: 'opencost/opencost@5f653330 configs/azure.json',
        note: 'used to split a node price between CPU and RAM, and as price on a custom provider',
      },
      {
        id: 'opencost.azure.spotcpu',
        title: 'azure spotcpu',
        unit: 'core-hour',
        usd: '0.007764',
        source: 'opencost/opencost@5f653330 configs/azure.json',
        note: 'used to split a node price between CPU and RAM, and as price on a custom provider',
      },
      {
        id: 'opencost.azure.ram',
        title: 'azure ram',
        unit: 'GB-hour',
        usd: '0.001917',
        source: 'opencost/opencost@5f653330 configs/azure.json',
        note: 'used to split a node price between CPU and RAM, and as price on a custom provider',
      },
      {
        id: 'opencost.azure.spotram',
        title: 'azure spotram',
        unit: 'GB-hour',
        usd: '0.000382',
        source: 'opencost/opencost@5f653330 configs/azure.json',
        note: 'used to split a node price between CPU and RAM, and as price on a custom provider',
      },
    ],
  },
];
