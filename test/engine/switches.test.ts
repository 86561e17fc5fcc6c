/** The two hot switches spell their cases as literal numbers: each must stand beside the name of its table. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eventKinds, rankOfKind } from '../../src/engine/eventKinds.js';
import { ops } from '../../src/engine/program.js';

function casesIn(file: string): [string, number][] {
  const text = readFileSync(`src/engine/${file}`, 'utf8');
  return [...text.matchAll(/case (\d+):\s*(?:\{\s*)?\/\/ (\w+)/g)].map(([, number, name]) => [name!, Number(number)]);
}

test('every event kind has its own number, a rank and a case', () => {
  expect(Object.fromEntries(casesIn('run.ts'))).toEqual(eventKinds);
  expect(rankOfKind).toHaveLength(Object.keys(eventKinds).length);
});

test('every instruction but the jump has a case', () => {
  const { jump: _jump, ...others } = ops;
  expect(Object.fromEntries(casesIn('steps.ts'))).toEqual(others);
});
