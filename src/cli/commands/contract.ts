/**
 * What a command is: how it is called, which flags it takes, and the function that does it.
 *
 * Commands are descriptions plus a lazy door to their work, so that `--help` and a mistyped flag never load the
 * simulator. Checked by test/cli/commands.test.ts over the whole registry.
 */
import type { ExitCode } from '../exitCodes.js';
import type { FlagName } from '../flags.js';
import type { Terminal } from '../terminal.js';

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What stands after the name: `<file>`. */
  readonly operands: string;
  /** How many operands it takes at least and at most. */
  readonly operandCount: { readonly least: number; readonly most: number };
  readonly flags: readonly FlagName[];
  /** A whole command line, and what it does. */
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  /** Does the work; every expected failure is told on the terminal and in the code, none is thrown. */
  readonly run: (call: Call, terminal: Terminal) => Promise<ExitCode>;
}

/** A command line that names a command and only flags it takes, each with a value of its form. */
export interface Call {
  readonly operands: readonly string[];
  readonly flags: FlagValues;
  /** The command line as typed, for the manifest and for bug reports. */
  readonly commandLine: string;
}

/** Only what was given. Texts are as typed: what a number or a duration means is for the scenario's own rules. */
export interface FlagValues {
  text(name: FlagName): string | undefined;
  isOn(name: FlagName): boolean;
  list(name: FlagName): readonly string[];
}
