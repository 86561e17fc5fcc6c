/** `windtunnel import` as a user runs it: a folder of manifests in, a scenario out that runs. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, windtunnel } from './program.js';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: front}
spec: {replicas: 2, template: {spec: {containers: [{name: front, resources: {requests: {cpu: 500m, memory: 256Mi}}}]}}}
`;

test('manifests become a scenario that runs; what was not known is told', () => {
  const folder = folderWith({});
  try {
    mkdirSync(join(folder.path, 'deploy'));
    writeFileSync(join(folder.path, 'deploy', 'front.yaml'), deployment);
    const { code, err } = windtunnel(['import', 'k8s', 'deploy', '--out', 'shop.yaml'], folder.path);
    expect([code, err]).toEqual([0, expect.stringContaining('not known: who visits')]);
    const words = ['run', 'shop.yaml', '-n', '2', '--duration', '1m', '--report', 'none', '--quiet'];
    expect(windtunnel(words, folder.path).code).toBe(0);
    const again = windtunnel(['import', 'k8s', 'deploy', '--out', 'shop.yaml'], folder.path);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('is there already')]);
  } finally {
    folder.remove();
  }
});

test('an unknown kind, a missing path and a file of another kind are refused; nothing is written', () => {
  const folder = folderWith({ 'x.yaml': 'a: 1' });
  try {
    const refused = (...words: readonly string[]) => windtunnel(['import', ...words, '--out', 'out.yaml'], folder.path);
    expect(refused('helm', 'x.yaml')).toMatchObject({ code: 2, err: expect.stringContaining('known: k8s') });
    expect(refused('k8s', 'absent')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be read (ENOENT)'),
    });
    expect(refused('k8s', 'x.yaml')).toMatchObject({ code: 2, err: expect.stringContaining('no Deployment') });
    expect(existsSync(join(folder.path, 'out.yaml'))).toBe(false);
  } finally {
    folder.remove();
  }
});
