/** When there is colour: the flag first, then the environment, then whether somebody looks. */
import { expect, test } from 'vitest';
import { columnsOf, isColored, isInteractive } from '../../src/cli/terminal.js';

test.each([
  ['always', { NO_COLOR: '1', TERM: 'dumb' }, false, true],
  ['never', { FORCE_COLOR: '1' }, true, false],
  ['auto', {}, true, true],
  ['auto', {}, false, false],
  ['auto', { NO_COLOR: '1' }, true, false],
  ['auto', { NO_COLOR: '' }, true, true],
  ['auto', { TERM: 'dumb' }, true, false],
  ['auto', { FORCE_COLOR: '1' }, false, true],
  ['auto', { FORCE_COLOR: '0' }, true, false],
])('--color=%s with %o, on a terminal: %s, gives %s', (flag, env, isTty, expected) => {
  expect(isColored(flag, env, isTty)).toBe(expected);
});

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ TERM: 'dumb' }, true, false],
])('with %o, on a terminal: %s, lines are drawn over: %s', (env, isTty, expected) => {
  expect(isInteractive(env, isTty)).toBe(expected);
});

test.each([
  [{}, { isTTY: true, columns: 40 }, 40],
  [{}, {}, 100],
  [{}, { isTTY: true, columns: 0 }, 100],
  [{ COLUMNS: '60' }, {}, 60],
  [{ COLUMNS: '60' }, { isTTY: true, columns: 40 }, 60],
  [{ COLUMNS: '3' }, {}, 20],
  [{ COLUMNS: 'wide' }, { isTTY: true, columns: 40 }, 40],
  [{ COLUMNS: '' }, {}, 100],
])('with %o and a stdout of %o a table has %d columns', (env, stream, expected) => {
  expect(columnsOf(env, stream)).toBe(expected);
});
