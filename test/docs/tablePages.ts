/** The pages that are one table each: metrics, prices, exit codes; and the commands with their help. */
import type { PriceEntry } from '../../src/billing/contract.js';
import { describePrices } from '../../src/billing/prices/registry.js';
import { commands } from '../../src/cli/commands/registry.js';
import { exitCodeMeanings, exitCodeOrder } from '../../src/cli/exitCodes.js';
import { commandHelp } from '../../src/cli/help.js';
import { metricCatalogue } from '../../src/experiment/metricCatalogue.js';
import { page, table } from './markdown.js';

const scopeNames: Readonly<Record<string, string>> = {
  P: 'platform',
  T: 'traffic source',
  S: 'service',
  D: 'database',
  R: 'release',
  F: 'fault',
  Q: 'queue',
};

export function metricsPage(): string {
  const rows = metricCatalogue.map(({ name, unit, scopes, moreIs, meaning }) => [
    `\`${name}\``,
    unit,
    [...scopes].map((scope) => scopeNames[scope] ?? scope).join(', '),
    moreIs === 'neither' ? '' : moreIs,
    meaning,
  ]);
  return page('Metrics', [
    'Names, units and meanings of the CSV, the JSON, the report and of objectives (`latency_p99 < 500ms`). ' +
      'Beside them `within_<duration>`, the share of all offered requests answered well within that time, is there ' +
      'for each duration that an objective names: `within(800ms) >= 99%`.',
    table(['metric', 'unit', 'of a', 'more is', 'meaning'], rows),
  ]);
}

export function pricesPage(): string {
  const { entries } = describePrices();
  const providers = [...new Set(entries.map(({ provider }) => provider))].sort();
  return page('Prices', [
    'The price book: list prices in USD. `prices: {ID: $0.04}` under a platform overrides one, `--prices FILE` many. ' +
      'A price that was not read in its source says so: *recalled* is from memory.',
    ...providers.flatMap((provider) => [
      `## ${provider}`,
      table(
        ['id', 'region', 'what', 'unit', 'USD', 'free', 'as of', 'status', 'source'],
        entries.filter((entry) => entry.provider === provider).map(priceRow),
      ),
    ]),
  ]);
}

function priceRow({ id, region, title, unit, tiers, free, asOf, status, source, note }: PriceEntry): string[] {
  const usd = tiers.map((tier) => `${tier.usd}${tier.upTo === null ? '' : ` up to ${tier.upTo}`}`).join(', then ');
  const allowance = free ? `${free.kind === 'credit' ? '$' : ''}${free.amount} a ${free.per}` : '';
  return [`\`${id}\``, region, title, unit, usd, allowance, asOf, status, note === '' ? source : `${source}; ${note}`];
}

export function exitCodesPage(): string {
  const rows = Object.entries(exitCodeMeanings).map(([code, meaning]) => [code, meaning]);
  return page('Exit codes', [
    'A public promise: no number is ever used for something else.',
    table(['code', 'meaning'], rows),
    `When several apply, the first of these is taken: ${exitCodeOrder.join(', ')}.`,
  ]);
}

export function commandsPage(): string {
  return page('Commands', [
    'stdout carries the result, stderr everything else.',
    table(
      ['command', 'what it does'],
      commands.map(({ name, operands, summary }) => [`\`windtunnel ${`${name} ${operands}`.trim()}\``, summary]),
    ),
    ...commands.flatMap((command) => [`## ${command.name}`, `\`\`\`text\n${commandHelp(command)}\`\`\``]),
  ]);
}
