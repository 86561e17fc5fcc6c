/** `windtunnel prices`: the price book, looked at and checked. Its work is `pricing.ts`. */
import type { Command } from './contract.js';

export const prices: Command = {
  name: 'prices',
  summary: 'shows the price book with dates and sources; checks it, or a price file of your own',
  operands: 'list|show|check [id or file]',
  operandCount: { least: 1, most: 2 },
  flags: ['region', 'prices', 'prices-format', 'json', 'strict'],
  examples: [
    { line: 'windtunnel prices list', does: 'every price: id, region, unit, date, how sure it is' },
    { line: 'windtunnel prices list aws.lambda', does: 'those whose id begins so' },
    { line: 'windtunnel prices show aws.fargate.x86.vcpu', does: 'all that is known of one' },
    { line: 'windtunnel prices check', does: 'which are older than 180 days' },
    { line: 'windtunnel prices check my-prices.yaml', does: 'every mistake of a price file; exit 2 on any' },
  ],
  run: async (call, terminal) => (await import('../priceBook.js')).showPrices(call, terminal),
};
