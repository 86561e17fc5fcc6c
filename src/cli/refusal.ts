/**
 * How a command says that it will not begin: what is wrong, on stderr, and exit 2. Its own file because every command
 * that reads a scenario says it in the same words.
 */
import type { Issue } from '../units/issue.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { issueText } from './issuePrinting.js';
import type { Terminal } from './terminal.js';

/** Mistakes of the command line, one line each. */
export function refuse(terminal: Terminal, mistakes: readonly string[]): ExitCode {
  for (const mistake of mistakes) terminal.complain(`windtunnel: ${mistake}`);
  return exitCodes.usage;
}

/** Mistakes of a scenario, each at its place. */
export function refuseIssues(terminal: Terminal, issues: readonly Issue[]): ExitCode {
  terminal.complain(`${issueText(issues, terminal.errColors)}. Nothing was simulated.`);
  return exitCodes.usage;
}
