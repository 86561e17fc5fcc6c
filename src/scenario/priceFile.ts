/**
 * A price file: prices of the user's own, laid over the price book by `--prices`. Its form alone is checked here; which
 * prices, regions and units there are is `model`'s to say.
 *
 * Its own file because it is another language than the scenario's, read by the same rules: every mistake at once, each
 * at its line. JSON is read as the YAML it is. Checked by test/scenario/priceFile.test.ts.
 */
import * as z from 'zod';
import { type Checked, type Issue, sortIssues } from '../units/issue.js';
import { readMoneyUsd } from '../units/money.js';
import { type Reading, shown } from '../units/number.js';
import type { PriceFileSpec, PriceSpec } from './contract.js';
import { oneOf, words } from './fields.js';
import { defined, type Form, type FormContext, faultOf, leaf, list, mapping } from './form.js';
import { optionValue } from './optionForm.js';
import { issueAt, type OptionValue } from './options.js';
import type { Path } from './positions.js';
import { readYaml } from './readYaml.js';
import { positionsOf, type Tree } from './tree.js';

/** Digits as a decimal text, >= 0, with or without a dollar sign. */
const price: Form<string> = leaf('a price', { type: ['string', 'number'] }, ({ text }) =>
  readMoneyUsd(/^-?\$/.test(text) ? text : text.replace(/^(-?)/, '$1$$')),
);

const upTo: Form<string | null> = z.any().transform((tree: Tree, context) => {
  const text = tree.kind === 'text' ? tree.text : '';
  if (tree.kind === 'empty' || text === 'null') return null;
  if (/^\d{1,30}(\.\d+)?$/.test(text)) return text;
  context.addIssue({
    code: 'custom',
    message: `must be an amount or null, got ${shown(text)}`,
    params: { rule: 'type' },
  });
  return null;
}) as unknown as Form<string | null>;

/** As precise as it is known; the price book's own `2018 or later` too. */
const date: Form<string> = leaf('a date', { type: 'string' }, ({ text }): Reading<string> => {
  const hint = 'write it as 2026-10-31, 2026-10 or 2026';
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?: or later)?$/.exec(text);
  if (!parts) return { ok: false, code: 'type', message: `must be a date, got ${shown(text)}`, hint };
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  const isThere = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return isThere
    ? { ok: true, value: text }
    : { ok: false, code: 'range', message: `is no day of the calendar: ${shown(text)}`, hint };
});

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** `1000000/month`, `28/day`, `none`; a sentence or a mapping only describes, and the book's allowance stays. */
const free: Form<PriceSpec['free']> = optionValue.transform((value, context): PriceSpec['free'] => {
  if (value.kind === 'empty' || isText(value, 'none')) return 'none';
  if (value.kind !== 'text' || value.text.includes(' ')) return 'as-before';
  const parts = /^(\d{1,30}(?:\.\d+)?)\/(month|day)$/.exec(value.text);
  if (parts) return { amount: parts[1]!, per: parts[2] as 'month' | 'day' };
  const message = `must be an amount for a time, got ${shown(value.text)}`;
  context.addIssue({ code: 'custom', message, params: { rule: 'type', hint: 'write 1000000/month, 28/day or none' } });
  return 'as-before';
}) as unknown as Form<PriceSpec['free']>;

function isText(value: OptionValue, text: string): boolean {
  return value.kind === 'text' && value.text === text;
}

/** What a price book says beside the price; read over here. */
const describing = {
  service: optionValue.exactOptional(),
  sku: optionValue.exactOptional(),
  rounding: optionValue.exactOptional(),
  tierScope: optionValue.exactOptional(),
  perSecond: optionValue.exactOptional(),
  vcpu: optionValue.exactOptional(),
  memoryGib: optionValue.exactOptional(),
  memoryMb: optionValue.exactOptional(),
  cpuMhz: optionValue.exactOptional(),
  lcu: optionValue.exactOptional(),
  multiple: optionValue.exactOptional(),
  sustainedUseDiscountFullMonth: optionValue.exactOptional(),
};

const entry: Form<PriceSpec> = mapping({
  id: words,
  provider: words.exactOptional(),
  region: words.exactOptional(),
  unit: words,
  currency: words.exactOptional(),
  price: price.exactOptional(),
  tiers: list(mapping({ upTo: upTo.exactOptional(), price }), 1).exactOptional(),
  free: free.exactOptional(),
  asOf: date,
  source: words.exactOptional(),
  status: oneOf('stored-source', 'consistent', 'recalled').exactOptional(),
  title: words.exactOptional(),
  note: words.exactOptional(),
  ...describing,
}).transform(({ id, provider, region, unit, currency, price: flat, tiers, free: allowance, asOf, ...rest }) => {
  const { source, status, title, note } = rest;
  const steps = tiers?.map((tier) => ({ upTo: tier.upTo ?? null, usd: tier.price }));
  return {
    id,
    unit,
    asOf,
    tiers: steps ?? (flat === undefined ? [] : [{ upTo: null, usd: flat }]),
    isPricedTwice: steps !== undefined && flat !== undefined,
    free: allowance ?? 'as-before',
    ...defined({ provider, region, currency, source, status, title, note }),
  };
}) as unknown as Form<PriceSpec>;

const priceFile = mapping({
  title: optionValue.exactOptional(),
  currency: words.exactOptional(),
  hoursPerMonth: optionValue.exactOptional(),
  statusMeaning: optionValue.exactOptional(),
  entries: list(entry, 1),
});

/**
 * Reads and checks the form of a price file.
 *
 * @param text its content; @param file its name as issues shall print it
 * @returns every mistake of form; never throws for what the text holds
 */
export function parsePriceFile(text: string, file: string): Checked<PriceFileSpec> {
  const { tree, issues } = readYaml(text, file);
  if (!tree) return { ok: false, issues: sortIssues(issues) };
  const positions = positionsOf(tree);
  const checked = priceFile.safeParse(tree, {} as FormContext as object);
  const all: Issue[] = [...issues];
  if (!checked.success)
    for (const issue of checked.error.issues) {
      const { rule, message, hint, part } = faultOf(issue);
      all.push(issueAt({ positions, path: issue.path as Path, code: rule, message, hint, part }));
    }
  if (!checked.success || all.length > 0) return { ok: false, issues: sortIssues(all.map(inPriceFile)) };
  const { currency, entries } = checked.data;
  return { ok: true, value: { file, positions, entries, ...defined({ currency }) }, warnings: [] };
}

function inPriceFile(issue: Issue): Issue {
  return issue.path === '' ? { ...issue, message: issue.message.replace(/^the scenario/, 'the price file') } : issue;
}
