/**
 * The command line: reads the words, runs the command, says with which code to leave. Its own file because it is where
 * whatever nobody caught ends: a bug of ours is told with what replays it, never as a bare stack trace. Checked by
 * test/cli, which starts it as users do.
 */
import { readCommandLine } from './commandLine.js';
import { commands } from './commands/registry.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { reportBug } from './internalError.js';
import { OutputError, openTerminal } from './terminal.js';
import { version } from './version.js';

/** Runs one command line, the words after the program's name, to its end. */
export async function main(words: readonly string[]): Promise<ExitCode> {
  const reading = readCommandLine(words, commands, version);
  const flags = reading.kind === 'call' ? reading.call.flags : undefined;
  const terminal = openTerminal({
    color: flags?.text('color') ?? 'auto',
    isQuiet: flags?.isOn('quiet') ?? false,
    isVerbose: flags?.isOn('verbose') ?? false,
  });
  process.on('uncaughtException', (error) => {
    if (!(error instanceof OutputError)) {
      if (reading.kind !== 'call') throw error;
      process.exit(reportBug(error, reading.call, terminal));
    }
    terminal.complain(`windtunnel: ${error.message}`);
    process.exit(exitCodes.io);
  });
  if (reading.kind === 'text') {
    terminal.out(reading.text);
    return exitCodes.ok;
  }
  if (reading.kind === 'mistakes') {
    for (const message of reading.messages) terminal.complain(`windtunnel: ${message}`);
    terminal.complain(reading.usage);
    return exitCodes.usage;
  }
  try {
    return await reading.command.run(reading.call, terminal);
  } catch (error) {
    return reportBug(error, reading.call, terminal);
  }
}
