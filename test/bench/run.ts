/**
 * `npm run bench`: measures how fast the product is and how much memory it takes, and prints it; asserts nothing, for a
 * wall clock proves nothing on somebody else's machine. Bundled to dist/bench.js; run from the project's folder.
 *
 * The same bundle is the process that asks and, with `--measure`, the one that is measured. What is printed, and how to
 * read it: docs/performance.md.
 */
import { execFile } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { promisify } from 'node:util';
import { answer, measure, measureWord } from './child.js';
import { type BenchOptions, readOptions } from './options.js';
import type { Bench } from './sections/contract.js';
import { sections } from './sections/registry.js';
import type { Asked, TaskKind } from './task.js';
import { compileYardstick, type Yardstick } from './yardstick.js';

const [program, ...words] = process.argv.slice(1) as [string, ...string[]];
const [first, kind, asked] = words;
if (first === measureWord) await answer(kind as TaskKind, JSON.parse(asked!) as Asked<TaskKind>);
else {
  const options = readOptions(words);
  if (!('text' in options)) await measureAll(options);
  else if (options.isHelp) console.log(options.text);
  else {
    console.error(options.text);
    process.exitCode = 2;
  }
}

async function measureAll(options: BenchOptions): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const compiled = compileYardstick();
  const yardstick = 'missing' in compiled ? null : compiled;
  console.log(`${machine()}\n${'missing' in compiled ? compiled.missing : compiled.compiler}`);
  console.log(`${options.isQuick ? 'Quick: sizes cut. ' : ''}Medians of ${options.roundCount}.\n`);
  const bench = makeBench(options, yardstick);
  for (const section of sections) {
    if (!section.names.some((name) => options.picked.has(name))) continue;
    await section.run(bench);
    console.log('');
  }
  console.log(`Load average at the end: ${loadavg()[0]!.toFixed(1)}.`);
}

function makeBench(options: BenchOptions, yardstick: Yardstick | null): Bench {
  const start = promisify(execFile);
  return {
    ...options,
    yardstick,
    measure(task, ask) {
      console.error(`measuring ${task} ${JSON.stringify(ask)}`);
      return measure(program, task, ask);
    },
    async startMs(...line) {
      const startedMs = performance.now();
      await start(process.execPath, line);
      return performance.now() - startedMs;
    },
    print: (text) => console.log(text),
  };
}

/** What stands behind every figure. The load tells whether the machine had other work: then only ratios mean much. */
function machine(): string {
  const { length, 0: cpu } = cpus();
  const load = loadavg()[0]!.toFixed(1);
  const processor = `${process.platform} ${process.arch}, ${length} x ${cpu?.model ?? 'unknown'}`;
  return `${processor}; Node ${process.version}; load average ${load}`;
}
