/**
 * What is said of a bug of ours: what happened in one sentence, and all that is needed to see it again. Its own file
 * because two places catch one: the command line's entry, and the simulation, which knows the seed and the digest.
 */
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import type { Terminal } from './terminal.js';
import { version } from './version.js';

/** Facts that replay the bug, as far as they are known where it was caught. */
export interface ReplayFacts {
  readonly seed?: string;
  readonly scenarioDigest?: string;
}

/** Tells of the bug on stderr; the stack only with --verbose. */
export function reportBug(error: unknown, call: Call, terminal: Terminal, facts: ReplayFacts = {}): ExitCode {
  const message = error instanceof Error ? error.message : String(error);
  const lines = [
    `windtunnel: this is a bug of ours, not a mistake of yours: ${message}`,
    `  version ${version}, node ${process.version}`,
    ...(facts.seed === undefined ? [] : [`  seed ${JSON.stringify(facts.seed)}`]),
    ...(facts.scenarioDigest === undefined ? [] : [`  scenario ${facts.scenarioDigest}`]),
    `  again with: ${call.commandLine}${call.flags.isOn('verbose') ? '' : ' --verbose'}`,
  ];
  for (const line of lines) terminal.complain(line);
  if (error instanceof Error && error.stack !== undefined) terminal.detail(error.stack);
  return exitCodes.internal;
}
