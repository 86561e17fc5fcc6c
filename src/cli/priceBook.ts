/**
 * The work of `prices`: list, show, check. Its own file so that its imports load only when it is asked for. Checked by
 * test/cli/prices.test.ts on the built program.
 */
import { type DatedPrice, datedPrices, datedPricesOf } from '../experiment/priceCatalogue.js';
import { openScenario } from '../host/scenarioReader.js';
import { suggest } from '../scenario/nearest.js';
import { parsePriceFile } from '../scenario/priceFile.js';
import type { Checked } from '../units/issue.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { issueText } from './issuePrinting.js';
import { refuse, refuseIssues } from './refusal.js';
import { unreadable } from './scenarioLoading.js';
import type { Terminal } from './terminal.js';
import { todayText } from './today.js';

const tasks = ['list', 'show', 'check'] as const;

export function showPrices(call: Call, terminal: Terminal): ExitCode {
  const [task = '', subject] = call.operands;
  const { flags } = call;
  if (task === 'check') return check(subject ?? flags.text('prices'), call, terminal);
  if (!tasks.some((known) => known === task))
    return refuse(terminal, [`"prices" lists, shows or checks; ${suggest(task, tasks)}`]);
  const read = pricesFrom(flags.text('prices'));
  if (!read.ok) return refuseIssues(terminal, read.issues);
  const region = flags.text('region');
  const prices = read.value.filter((price) => region === undefined || price.region === region);
  const regions = [...new Set(read.value.map((price) => price.region))];
  if (prices.length === 0 && region !== undefined)
    return refuse(terminal, [`--region: there is no price in ${JSON.stringify(region)}; ${suggest(region, regions)}`]);
  const wanted =
    task === 'list'
      ? prices.filter(({ id }) => id.startsWith(subject ?? ''))
      : prices.filter(({ id }) => id === subject);
  if (wanted.length === 0) {
    const ids = [...new Set(prices.map(({ id }) => id))];
    if (subject === undefined)
      return refuse(terminal, ['"prices show" needs an id; `windtunnel prices list` has them']);
    return refuse(terminal, [`there is no price ${JSON.stringify(subject)}; ${suggest(subject, ids)}`]);
  }
  if (flags.isOn('json') || flags.text('prices-format') === 'json') terminal.out(jsonOf(wanted));
  else terminal.out(task === 'list' ? listText(wanted) : wanted.map(showText).join('\n'));
  return exitCodes.ok;
}

/** The price book, or a price file alone. */
function pricesFrom(file: string | undefined): Checked<readonly DatedPrice[]> {
  const today = todayText();
  if (file === undefined) return { ok: true, value: datedPrices(today), warnings: [] };
  const reading = openScenario(file).readScenario();
  if (!reading.ok) return { ok: false, issues: [unreadable(file, `the price file ${reading.reason}`)] };
  const parsed = parsePriceFile(reading.text, file);
  return parsed.ok ? datedPricesOf(parsed.value, today) : parsed;
}

function check(file: string | undefined, { flags }: Call, terminal: Terminal): ExitCode {
  const read = pricesFrom(file);
  if (!read.ok) {
    terminal.complain(`${issueText(read.issues, terminal.errColors)}.`);
    return exitCodes.usage;
  }
  const stale = read.value.filter((price) => price.isStale);
  const recalled = read.value.filter(({ status }) => status === 'recalled');
  const sure = `${read.value.length} prices, ${recalled.length} of them recalled`;
  const old = stale.length === 0 ? 'none older than 180 days' : `${stale.length} older than 180 days`;
  for (const { id, region, asOf, days } of stale)
    terminal.complain(`warning stale-price  ${id} in ${region} is ${days} days old (as of ${asOf})`);
  terminal.out(`${file ?? 'price book'}: ${sure}; ${old}\n`);
  return stale.length > 0 && flags.isOn('strict') ? exitCodes.usage : exitCodes.ok;
}

function jsonOf(prices: readonly DatedPrice[]): string {
  const entries = prices.map(({ days: _, isStale: __, baseUnit, baseUnitsPerUnit, ...entry }) => entry);
  return `${JSON.stringify({ currency: 'USD', entries }, null, 2)}\n`;
}

function listText(prices: readonly DatedPrice[]): string {
  const rows = prices.map(({ id, region, tiers, unit, asOf, status, isStale }) => [
    id,
    region,
    `$${tiers[0]!.usd}${tiers.length > 1 ? ` (${tiers.length} tiers)` : ''}`, // A price has one tier at least.
    unit,
    `${asOf}${isStale ? ' !' : ''}`,
    status === 'stored-source' ? '' : status,
  ]);
  const head = ['ID', 'REGION', 'USD', 'PER', 'AS OF', ''];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join('  ')
      .trimEnd();
  return `${[head, ...rows].map(line).join('\n')}\n`;
}

function showText(price: DatedPrice): string {
  const { id, region, provider, title, unit, tiers, free, asOf, days, source, status, note } = price;
  const steps = tiers.map(({ upTo, usd }, tier) => {
    const from = tier === 0 ? '' : ` above ${tiers[tier - 1]!.upTo}`;
    return `  $${usd} per ${unit}${from}${upTo === null || tiers.length === 1 ? '' : ` up to ${upTo}`}`;
  });
  const amount = free?.kind === 'credit' ? `$${free.amount}` : free?.amount;
  const allowance = free ? [`  free   ${amount} a ${free.per} (allowance ${free.allowance})`] : [];
  const age = days === null ? '' : days < 0 ? '' : `, ${days} days ago`;
  return [
    `${id}  ${title}`,
    ...steps,
    ...allowance,
    `  in     ${region} (${provider})`,
    `  as of  ${asOf}${age}`,
    `  from   ${source} (${status})`,
    ...(note === '' ? [] : [`  note   ${note}`]),
    '',
  ].join('\n');
}
