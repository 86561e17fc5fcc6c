/**
 * Money is never a binary float where bills are made: in every room up to `model`, amounts and prices travel as decimal
 * texts and are reckoned as fractions. Above that a metric, a chart or a search may read an amount as a number; what is
 * printed and stored of a bill stays the text.
 */
import { expect, test } from 'vitest';
import { bareCode, sourcesBelow } from './sources.js';

const rooms = ['units', 'observation', 'billing', 'platforms', 'scenario', 'model'];

/** `file:line text` of every line of these rooms that fits. */
function linesThat(fits: RegExp): string[] {
  return sourcesBelow('src')
    .filter(({ room }) => rooms.includes(room))
    .flatMap(({ path, text }) =>
      bareCode(text)
        .split('\n')
        .flatMap((line, at) => (fits.test(line) ? [`${path}:${at + 1} ${line.trim()}`] : [])),
    );
}

test('no amount and no price is declared as a number', () => {
  expect(linesThat(/\b(usd|\w*Usd|\w*usd\w*Price|price\w*)\??: (readonly )?number\b/)).toEqual([]);
});

test('no amount and no price becomes a number', () => {
  expect(linesThat(/(\bNumber|parseFloat)\([^)]*[uU]sd\b/)).toEqual([]);
});
