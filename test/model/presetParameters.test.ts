/** Rows of a preset: no figure is left out, and each says where it is from. */
import { expect, test } from 'vitest';
import { presetNames, presetParameters } from '../../src/model/presetParameters.js';
import type { Figure } from '../../src/platforms/contract.js';
import { findPreset } from '../../src/platforms/registry.js';
import { sourceDates, sources } from '../../src/platforms/tables/sources.js';

/** Every figure within a preset, however deep, but for those of its charges. */
function figuresOf(value: unknown): Figure<unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('value' in value && 'source' in value && 'status' in value) return [value as Figure<unknown>];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'charges' ? [] : figuresOf(inner)));
}

test.each(presetNames)('%s: every figure has its row', (name) => {
  const { parameters, charges } = presetParameters(name)!;
  const preset = findPreset(name)!;
  const measured = preset.dispatch.kind === 'environments' && preset.dispatch.measuredIdle !== null ? 1 : 0;
  expect(parameters.length).toBe(figuresOf(preset).length + measured);
  expect(charges.length).toBe(preset.charges.length);
  for (const { value, source, status } of [...parameters, ...charges]) {
    expect(value).not.toBe('');
    expect(source).not.toBe('');
    expect(['verified', 'measured', 'inferred', 'estimated', 'recalled']).toContain(status);
  }
});

test('every source says of when it is, or that it bears no date', () => {
  expect(Object.keys(sourceDates).sort()).toEqual(Object.keys(sources).sort());
});

test("Lambda's growth stands as its provider documents it", () => {
  const row = presetParameters('lambda')!.parameters.find(({ name }) => name === 'starts');
  expect(row).toMatchObject({ value: '1000 at once, then 100 a second', status: 'verified', date: 'since 2023-11' });
});
