/** When there is colour: the flag first, then the environment, then whether somebody looks. */
import { expect, test } from 'vitest';
import { isColored } from '../../src/cli/terminal.js';

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
