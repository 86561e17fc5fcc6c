/**
 * Azure Functions, Premium plan: vCPU-hours and GB-hours of the instances, used or not. Its own file because it is a
 * plan of machines under the name of functions: at least one is always billed.
 */
import { Fraction } from '../fraction.js';
import type { PricedLine, Product, Statement } from './contract.js';
import { flatLine } from './statement.js';

const sizes = {
  EP1: { vCpu: '1', memoryGb: '3.5' },
  EP2: { vCpu: '2', memoryGb: '7' },
  EP3: { vCpu: '4', memoryGb: '14' },
} as const;

export const azureFunctionsPremium: Product = {
  name: 'azure-functions-premium',
  source: 'azure.microsoft.com/pricing/details/functions, Premium plan',
  bill({ input, prices }: Statement): PricedLine[] {
    const sku = input.text('sku', 'EP1');
    if (!Object.hasOwn(sizes, sku))
      throw new RangeError(`sku ${JSON.stringify(sku)}: ${Object.keys(sizes).join(', ')}`);
    const size = sizes[sku as keyof typeof sizes];
    const hours = input.amount('instances', 1).atLeast(Fraction.one).times(input.amount('hours', 730));
    return [
      flatLine('vcpu-hours', hours.times(Fraction.of(size.vCpu)), prices.amount('vcpuHour')),
      flatLine('memory-gb-hours', hours.times(Fraction.of(size.memoryGb)), prices.amount('gbHour')),
    ];
  },
};
