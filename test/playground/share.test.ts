/**
 * Links: what goes in comes out, whatever it is; what was damaged on the way is known for it and is never taken for a
 * scenario.
 */
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkFragment, readFragment } from '../../src/playground/share.js';

test('any text comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
      expect(await readFragment(await linkFragment(text))).toEqual({ kind: 'text', text });
    }),
    { numRuns: 60, seed: 7 },
  );
});

test('a link holds only letters that survive mail and chat, and is short', async () => {
  const text = 'services:\n  a: {operations: {x: [{cpu: 5ms}]}}\n'.repeat(100);
  const fragment = await linkFragment(text);
  expect(fragment).toMatch(/^#scenario=[A-Za-z0-9_-]+$/);
  expect(fragment.length).toBeLessThan(300);
});

test('no fragment, and one of something else, hold no scenario', async () => {
  for (const fragment of ['', '#', '#top']) expect(await readFragment(fragment)).toEqual({ kind: 'none' });
});

test('a letter changed, a part cut off, letters that cannot be: damaged, and it says so', async () => {
  const whole = await linkFragment('traffic: {all: {entry: a.x, arrivals: {poisson: 1/s}}}');
  const middle = Math.floor(whole.length / 2);
  const changed = `${whole.slice(0, middle)}${whole[middle] === 'A' ? 'B' : 'A'}${whole.slice(middle + 1)}`;
  for (const fragment of [
    whole.slice(0, -6),
    changed,
    '#scenario=',
    '#scenario=<script>',
    '#scenario=abcd',
    `${whole}%20`,
  ])
    expect((await readFragment(fragment)).kind, fragment).toBe('damaged');
});

test('a small link that unfolds to gigabytes is refused before it does', async () => {
  const bomb = deflateSync(Buffer.alloc(20_000_000, 'a')).toString('base64url');
  expect(await readFragment(`#scenario=${bomb}`)).toEqual({
    kind: 'damaged',
    why: 'what it holds is too long for a scenario',
  });
});
