/**
 * What `--watch` does: runs once, then again whenever the scenario or a file it names has changed, until Ctrl-C. A
 * change that makes the scenario wrong prints what is wrong; the last good result stays above it, and the next good one
 * says what really differs from it. Its own file because nothing but this waits. Checked by test/cli/watch.test.ts on
 * the built program.
 */
import { statSync } from 'node:fs';
import { standardInput } from '../host/scenarioReader.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { listenForInterruption } from './interruption.js';
import { type LastRun, rememberRuns } from './lastRun.js';
import { refuse } from './refusal.js';
import { loadScenario } from './scenarioLoading.js';
import type { Terminal } from './terminal.js';

/** How often the files are looked at, ms. Looking works on every disk and survives editors that replace files. */
const everyMs = 200;

/**
 * @param once one whole run, to its exit code, told of the last good one
 * @returns its code where it was interrupted, else 130 or 143
 */
export async function watch(
  call: Call,
  terminal: Terminal,
  once: (lastRun: LastRun) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (call.operands[0] === standardInput)
    return refuse(terminal, ['--watch needs a file: what came on standard input does not change']);
  const lastRun = rememberRuns();
  for (;;) {
    const files = filesOf(call);
    const before = marksOf(files);
    const code = await once(lastRun);
    if (code === exitCodes.interrupted || code === exitCodes.terminated) return code;
    const [file = ''] = call.operands;
    const ended = await changeOf(files, before, () => terminal.note(`watching ${file}; Ctrl-C ends`));
    if (ended !== null) return ended;
    terminal.note('changed; once more');
  }
}

/**
 * Waits until one of the files is not as `before`; null, or the code of the signal that ended the wait.
 * @param onReady called when Ctrl-C is heard, so that nobody is told to press it before
 */
async function changeOf(files: readonly string[], before: string, onReady: () => void): Promise<ExitCode | null> {
  const nothing = (): void => {};
  const interruption = listenForInterruption(nothing, nothing);
  try {
    onReady();
    while (interruption.code === null) {
      await Promise.race([interruption.happened, new Promise((resolve) => setTimeout(resolve, everyMs))]);
      if (marksOf(files) !== before) return null;
    }
    return interruption.code;
  } finally {
    interruption.end();
  }
}

/** The scenario, and all it names: what is read now, for a change may name other files. */
function filesOf(call: Call): readonly string[] {
  const [file = ''] = call.operands;
  const { reader } = loadScenario(file, call.flags);
  return [...new Set([file, ...reader.texts().keys()])].sort();
}

/** A text that differs when a file was written, came or went. */
function marksOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const facts = statSync(file, { throwIfNoEntry: false });
      return `${file} ${facts ? `${facts.mtimeMs} ${facts.size}` : 'is not there'}`;
    })
    .join('\n');
}
