/**
 * Sliders may say no more than `--set` can: every stop of every knob of the movie application is a scenario that is
 * read and compiled, and the stop at which a knob stands changes nothing.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Knob, knobsOf } from '../../src/experiment/knobs.js';
import { prepareWritten } from '../../src/experiment/written.js';

const file = 'scenarios/movie-booking/compare.yaml';
const text = readFileSync(file, 'utf8');

function knobs(platforms: readonly string[]): Knob[] {
  const checked = prepareWritten({ text, file }, platforms);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return knobsOf(checked.value.scenario, checked.value.compiled, checked.value.extent.platforms);
}

test('which knobs there are follows from the platforms that are looked at', () => {
  const kinds = (...platforms: string[]): string[] => knobs(platforms).map(({ kind }) => kind);
  expect(kinds('data-center')).toEqual(['traffic', 'replicas', 'failure']);
  expect(kinds('kubernetes')).toEqual(['traffic', 'replicas', 'target', 'failure']);
  expect(kinds('lambda')).toEqual(['traffic', 'memory', 'idle-timeout', 'failure']);
  expect(kinds('fargate', 'lambda')).toEqual(['traffic', 'replicas', 'target', 'memory', 'idle-timeout', 'failure']);
});

test('every stop is a scenario that can be simulated', () => {
  const refused = ['fargate', 'lambda', 'kubernetes', 'cloud-functions', 'data-center'].flatMap((platform) =>
    knobs([platform]).flatMap(({ kind, stops }) =>
      stops.flatMap(({ label, overrides }) => {
        const checked = prepareWritten({ text, file, overrides }, [platform]);
        return checked.ok ? [] : [`${platform} ${kind} ${label}: ${checked.issues[0]?.message}`];
      }),
    ),
  );
  expect(refused).toEqual([]);
});

test('a knob stands where the scenario stands', () => {
  const at = Object.fromEntries(
    knobs(['kubernetes', 'lambda']).map(({ kind, stops, at: place }) => [kind, stops[place]?.label]),
  );
  expect(at).toEqual({
    traffic: '×1',
    replicas: '2',
    target: '60%',
    memory: '1769 MB',
    'idle-timeout': '6m',
    failure: 'none',
  });
});
