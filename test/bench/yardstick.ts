/**
 * The yardstick: the same workloads hand-written in C++ (`yardstick/yard.cpp`), compiled here and now where a compiler
 * is at hand, so that what is compared ran on the same machine in the same minute.
 */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** One line of the yardstick's output. Times of visitors in seconds. */
export interface YardstickRun {
  readonly requests: number;
  readonly events: number;
  readonly seconds: number;
  readonly mean: number;
  readonly p99: number;
  /** Of HOLD. */
  readonly ns_per_event?: number;
}

export interface Yardstick {
  /** The compiler's own first line, and how it was called. */
  readonly compiler: string;
  /** @param workload W1, W2, W3 or HOLD; @param options as `seed=2`, `k=4`, `pending=1000` */
  run(workload: string, count: number, ...options: readonly string[]): Promise<YardstickRun>;
}

const start = promisify(execFile);
const source = 'test/bench/yardstick/yard.cpp';
const flags = ['-O3', '-march=native'];

/** The compiled yardstick, in a temporary folder that goes with this process; or why there is none. */
export function compileYardstick(): Yardstick | { readonly missing: string } {
  const compiler = ['g++', 'c++'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (compiler === undefined) return { missing: 'no C++ compiler (g++ or c++) is at hand: no ratios to the yardstick' };
  const folder = mkdtempSync(join(tmpdir(), 'windtunnel-yardstick-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, 'yard');
  const compiled = spawnSync(compiler, [...flags, '-o', program, source], { encoding: 'utf8' });
  if (compiled.status !== 0)
    return { missing: `${compiler} does not compile ${source}: no ratios to the yardstick\n${compiled.stderr}` };
  const version = spawnSync(compiler, ['--version'], { encoding: 'utf8' }).stdout.split('\n')[0];
  return {
    compiler: `${version} ${flags.join(' ')}`,
    async run(workload, count, ...options) {
      const { stdout } = await start(program, [workload, String(count), ...options]);
      return JSON.parse(stdout) as YardstickRun; // The yardstick prints one such line and nothing else.
    },
  };
}
