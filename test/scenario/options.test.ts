/** Options of plug-ins, read for the room that knows them, with places and nearest names as everywhere else. */
import { expect, test } from 'vitest';
import { readOption, readOptions } from '../../src/scenario/options.js';
import { checkedScenario, short, written } from './written.js';

const scaling = (options: string) => {
  const scenario = checkedScenario(written({ platforms: `{p: {defaults: {scale: {hpa: ${options}}}}}` }));
  const { options: value } = scenario.platforms[0]!.defaults.scale![0]!;
  const where = { positions: scenario.positions, path: ['platforms', 'p', 'defaults', 'scale', 'hpa'] };
  return readOptions(
    value,
    { cpu: 'share', requests: 'rate', syncPeriod: 'duration', max: { min: 1, isWhole: true } },
    { ...where, others: ['scaleUp'] },
  );
};

test('the settings asked for come in base units, others are left to the caller', () => {
  expect(scaling('{cpu: 60%, requests: 50/s, syncPeriod: 15s, max: 3, scaleUp: {policies: []}}')).toEqual({
    ok: true,
    value: { cpu: 0.6, requests: 50, syncPeriod: 15e6, max: 3 },
    warnings: [],
  });
});

test('unknown and wrong ones are found at their places, all at once', () => {
  const checked = scaling('{cpus: 60%, requests: 50, max: [3]}');
  expect(checked.ok ? [] : checked.issues.map(short)).toEqual([
    '3:42 unknown-key platforms.p.defaults.scale.hpa.cpus is not a known setting; did you mean "cpu"?',
    '3:63 unit platforms.p.defaults.scale.hpa.requests must be a rate with its unit, got 50; write 50/s',
    '3:72 type platforms.p.defaults.scale.hpa.max must be a number, got a list',
  ]);
});

test('a single option is read alone', () => {
  expect(readOption({ kind: 'text', text: '25%' }, 'share')).toEqual({ ok: true, value: 0.25 });
});
