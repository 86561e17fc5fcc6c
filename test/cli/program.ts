/** Starts the built command line as a user would: a process of its own, in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const programFile = resolve('dist/windtunnel.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program to its end; no colours, no terminal. */
export function windtunnel(words: readonly string[], cwd: string = process.cwd()): Ended {
  // Taken away, not emptied: newer versions of Node warn of the two together.
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const env = { ...inherited, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [programFile, ...words], {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 2 ** 26,
  });
  return { code: status, out: stdout, err: stderr };
}

/** A new folder with these files, and how to remove it. */
export function folderWith(files: Readonly<Record<string, string>>): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'windtunnel-test-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A server at 80 %, for two seconds: the quickest scenario there is. */
export const quickScenario = `windtunnel: 1
name: quick
run: {warmup: 1s, duration: 2s, replications: 2}
traffic: {all: {entry: server.work, arrivals: {poisson: 80/s}}}
services:
  server: {cpu: 1, concurrency: 1, operations: {work: [{cpu: {exponential: 10ms}}]}}
network: {hop: 0ms, client: 0ms}
platforms:
  bench: {preset: fixed, defaults: {replicas: 1}}
  twice: {preset: fixed, defaults: {replicas: 2}}
`;
