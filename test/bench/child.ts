/**
 * Both ends of a measurement: the asking process starts a fresh one for each, so that every measurement begins with
 * cold code and has its memory to itself; the measuring one answers with one line of JSON.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { measurements } from './measured/registry.js';
import type { Answer, Asked, TaskKind } from './task.js';

const start = promisify(execFile);

/** The word before a task on the command line of a measuring process. */
export const measureWord = '--measure';

/**
 * Measures `asked` in a process of its own.
 * @param program this bundle, as Node was given it
 */
export async function measure<K extends TaskKind>(program: string, kind: K, asked: Asked<K>): Promise<Answer<K>> {
  const { stdout } = await start(process.execPath, [program, measureWord, kind, JSON.stringify(asked)]);
  return JSON.parse(stdout) as Answer<K>; // Written by `answer` below, in the same bundle.
}

/** The measuring process: does the one task on its command line, prints the answer. */
export async function answer<K extends TaskKind>(kind: K, asked: Asked<K>): Promise<void> {
  const before = process.cpuUsage();
  const measured = await measurements[kind](asked);
  const { user, system } = process.cpuUsage(before);
  const cpuSeconds = (user + system) / 1e6;
  process.stdout.write(`${JSON.stringify({ ...measured, peakMb: peakMb(), cpuSeconds })}\n`);
}

/**
 * Most memory this process ever held, MB of 10^6 bytes. Linux counts a child's `maxRSS` from its parent's on, so there
 * the process's own high-water mark is read instead.
 */
function peakMb(): number {
  try {
    const own = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    if (own) return (Number(own[1]) * 1024) / 1e6;
  } catch {
    // No Linux: there `maxRSS` is right.
  }
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}
