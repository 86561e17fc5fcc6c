/** The terminal's and Markdown's tables: they fit, and every figure in them is one of summary.csv, rounded. */
import { expect, test } from 'vitest';
import type { Comparison } from '../../src/experiment/contract.js';
import { summaryCsv } from '../../src/report/csv/summaryCsv.js';
import { comparisonMarkdown, markdownText } from '../../src/report/terminal/comparisonMarkdown.js';
import { comparisonTable } from '../../src/report/terminal/comparisonTable.js';
import { displayWidth, plainText } from '../../src/report/terminal/grid.js';
import { invoiceText } from '../../src/report/terminal/invoiceText.js';
import { runTable } from '../../src/report/terminal/runTable.js';
import { weakReason } from '../../src/report/weakReason.js';
import { movieComparison } from './fixtures/comparison.js';
import { readCsv } from './fixtures/readCsv.js';

const colour = (_tone: string, text: string): string => text;
const escapes = (_tone: string, text: string): string => `\u001b[31m${text}\u001b[39m`;

/** A printed figure as bounds of the number behind it: half a unit of its last digit either way. */
function boundsOf(text: string): [number, number] {
  const [, digits = '', letter = ''] = /^([\d ]+(?:\.\d+)?) ?([kMGT])?/.exec(text) ?? [];
  const factor = { k: 1e3, M: 1e6, G: 1e9, T: 1e12 }[letter] ?? 1;
  const bare = digits.replaceAll(' ', '');
  const decimals = bare.split('.')[1]?.length ?? 0;
  const zeros = letter === '' && !bare.includes('.') ? (/(?<=\d{3})0+$/.exec(bare)?.[0].length ?? 0) : 0;
  const half = 0.500001 * 10 ** (zeros - decimals) * factor;
  return [Number(bare) * factor - half, Number(bare) * factor + half];
}

/** The numbers of a platform in summary.csv, as printed units: shares in percent. */
function numbersOf(comparison: Comparison, platform: string): number[] {
  return readCsv(summaryCsv(comparison))
    .filter((row) => row[0] === platform)
    .flatMap((row) => [row[5], row[6], row[7]].map((cell) => Number(cell) * (row[4] === 'share' ? 100 : 1)));
}

test('each figure in the rows of the platforms can be found in summary.csv', () => {
  const comparison = movieComparison();
  const lines = comparisonTable(comparison, { widthColumns: 200, colour }).split('\n');
  for (const { name } of comparison.platforms) {
    const line = lines.find((one) => one.startsWith(` ${name} `)) ?? '';
    const figures = line.slice(name.length + 1).match(/\d{1,3}(?: \d{3})*(?:\.\d+)?(?: [kMGT](?= ))?|\d+\.\d+/g) ?? [];
    expect(figures.length, line).toBeGreaterThanOrEqual(11);
    const numbers = numbersOf(comparison, name);
    for (const text of figures.slice(1)) {
      const [low, high] = boundsOf(text.trim());
      const isClaim = line.includes(`(${text.trim()})`);
      expect(isClaim || numbers.some((number) => number >= low && number <= high), `${text} of ${line}`).toBe(true);
    }
  }
});

test.each([200, 160, 120, 100, 80, 60])('no line of the comparison is wider than %d columns', (widthColumns) => {
  const text = comparisonTable(movieComparison(), { widthColumns, colour });
  for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(widthColumns);
});

test('colour changes nothing but colour', () => {
  const comparison = movieComparison({ platformCount: 4 });
  const options = { widthColumns: 120 };
  const coloured = comparisonTable(comparison, { ...options, colour: escapes });
  const bare = coloured.replaceAll('\u001b[31m', '').replaceAll('\u001b[39m', '');
  expect(bare).toBe(comparisonTable(comparison, { ...options, colour }));
});

test('intervals are shown when the run was replicated, and not otherwise', () => {
  const wide = { widthColumns: 200, colour };
  expect(comparisonTable(movieComparison({ replications: 10 }), wide)).toContain('[784, 841]');
  expect(comparisonTable(movieComparison({ replications: 1 }), wide)).not.toContain('[');
});

test('a missed objective says MISS with its value and stands before those that are met', () => {
  const text = comparisonTable(movieComparison(), { widthColumns: 160, colour });
  expect(text).toMatch(/MISS +4 210 ms +\[4 170, 4 250\] +azure-functions/);
  expect(text.indexOf('MISS')).toBeLessThan(text.indexOf(' ok '));
});

test('few platforms stand side by side with their differences from the first', () => {
  const text = comparisonTable(movieComparison({ platformCount: 2 }), { widthColumns: 120, colour });
  expect(text).toContain('data-center (baseline)');
  expect(text).toMatch(/USD\/MONTH.*-60 % better/);
});

test('where the report went stands at the end', () => {
  const paths = ['reports/movie-booking/  report.html  summary.csv'];
  expect(comparisonTable(movieComparison(), { widthColumns: 120, colour, paths }).split('\n').at(-1)).toBe(
    ` ${paths[0]}`,
  );
});

test('a name with control characters reaches no terminal as it is', () => {
  expect(plainText('\u001b[2Jgone\u202e')).toBe('·[2Jgone·');
  const comparison = movieComparison({ platformCount: 1 });
  const evil = {
    ...comparison,
    platforms: comparison.platforms.map((one) => ({ ...one, title: 'a\u001b]0;x\u0007' })),
  };
  for (const text of [runTable(evil, { widthColumns: 100, colour }), comparisonMarkdown(evil), invoiceText(evil)])
    expect([...text].filter((one) => one !== '\n' && one < ' ')).toEqual([]);
});

test('wide characters count as two places, combining ones as none', () => {
  expect(displayWidth('電影')).toBe(4);
  expect(displayWidth('e\u0301')).toBe(1);
});

test('a run shows its services line by line and gives up columns, not width', () => {
  const comparison = movieComparison({ platformCount: 1 });
  expect(runTable(comparison, { widthColumns: 120, colour })).toMatch(/BookingService +30 000 .*10\.00/);
  for (const line of runTable(comparison, { widthColumns: 70, colour }).split('\n'))
    expect(displayWidth(line), line).toBeLessThanOrEqual(70);
});

test('Markdown has a row for every platform, and no name is markup', () => {
  const rows = comparisonMarkdown(movieComparison())
    .split('\n')
    .filter((line) => line.startsWith('| '));
  expect(rows).toHaveLength(10);
  expect(rows.every((row) => row.match(/(?<!\\)\|/g)?.length === 11)).toBe(true);
  expect(markdownText('<img src=x>|`*_[a](b)')).toBe('&lt;img src=x&gt;\\|\\`\\*\\_\\[a\\](b)');
});

test('the invoice as text can be recomputed: every line is quantity, less what is free, times price', () => {
  const text = invoiceText(movieComparison());
  // Lambda requests by hand: (61 000 000 - 1 000 000) x $0.0000002 = $12.00.
  expect(text).toMatch(/\(61 000 000 - 1 000 000 free\) x \$0\.0000002 per request +\$12\.00/);
  expect(text).toMatch(/TOTAL OF A MONTH +\$190\.00/);
  expect(text).toContain('17 h a month look like the measured time');
  expect(text).toContain('Note: Databases are not billed');
  expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
});

test('the comparison says how many of nine matters each platform leaves to its user, the most first', () => {
  const text = comparisonTable(movieComparison(), { widthColumns: 400, colour });
  const counts = /Left to you, of 9 matters \([^)]*\): (.*)\./
    .exec(text)?.[1]
    ?.match(/\d+(?= on )/g)
    ?.map(Number);
  expect(counts).toEqual([...(counts ?? [])].sort((a, b) => b - a));
  expect(counts?.length).toBeGreaterThan(0);
});

test('a star has its reason in words, also where no warning of the platform says it', () => {
  const warning = { code: 'of-completed', message: 'latencies are of 80% of requests' };
  expect(weakReason('of-completed', [warning])).toBe(warning.message);
  expect(weakReason('few-samples', [warning])).toContain('too few answers');
});
