/** Memory and warming as scenarios write them: what is filled in, and what is warned about. */
import { expect, test } from 'vitest';
import { compiled, oneService, onlyPlatform } from './scenarioText.js';

const modelOn = (platform: string, service: string) => onlyPlatform(oneService(platform, service)).model.services[0]!;

test('what a process takes is as written; its base is else 60% of the memory asked for', () => {
  const written = 'memory: 512MB, memoryUse: {base: 180MB, perRequest: 2MB, leak: 5MB/h}';
  expect(modelOn('{preset: eks}', written)).toMatchObject({
    memoryUsedMb: 180,
    memoryUse: { baseMb: 180, perRequestMb: 2, leakMbPerHour: 5 },
  });
  expect(modelOn('{preset: eks}', 'memory: 500MB, memoryUse: {leak: 5MB/h}').memoryUse).toEqual({
    baseMb: 300,
    perRequestMb: 0,
    leakMbPerHour: 5,
  });
});

test('without memoryUse nothing is watched', () => {
  expect(modelOn('{preset: eks}', 'memory: 512MB').memoryUse).toBeUndefined();
});

test('the first requests of a process cost more where warming says so', () => {
  expect(modelOn('{preset: eks}', 'warming: {factor: 3, requests: 500}').warming).toEqual({
    factor: 3,
    requestCount: 500,
  });
});

test('a process that never fits is warned about, with the place', () => {
  const text = oneService('{preset: lambda}', 'memoryUse: {base: 180MB}');
  const [warning] = compiled(text).platforms[0]!.warnings.filter(({ code }) => code === 'memory-too-small');
  expect(warning).toMatchObject({ path: 'services.a.memoryUse', message: expect.stringContaining('128MB') });
});
