/**
 * The exit codes: a public promise, one table. Its own file so that no command can invent one, and so that which code
 * wins when several apply is decided in one place. Checked by test/cli/exitCodes.test.ts against the documented order.
 */

/** Name -> number. Numbers are never reused for another meaning. */
export const exitCodes = {
  /** Finished, every objective met. */
  ok: 0,
  /** A bug of ours. */
  internal: 1,
  /** A mistake in the command or the scenario: nothing was simulated. */
  usage: 2,
  /** `plan`: no settings meet the objectives inside the allowed ranges. */
  noPlan: 3,
  /** The result is not trustworthy. */
  untrusted: 4,
  /** Input or output failed. */
  io: 5,
  /** `compare --detailed-exitcode`: differences found. */
  differs: 10,
  /** Finished, and an objective is missed. */
  missed: 99,
  /** SIGINT; partial results kept. */
  interrupted: 130,
  /** SIGTERM; partial results kept. */
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What each tells whoever called: for the reference. */
export const exitCodeMeanings: Readonly<Record<ExitCode, string>> = {
  0: 'Finished, every objective met (`compare`: by at least one platform).',
  1: 'A bug of ours; prints how to reproduce it.',
  2: 'A mistake in the command or the scenario: nothing was simulated.',
  3: '`plan`: no settings meet the objectives inside the allowed ranges.',
  4: 'Not to be trusted: a limit stopped the run, a queue grows without end, an objective has too few samples.',
  5: 'Input or output failed: a file or folder could not be read or written, a queue or store not be reached.',
  10: '`compare --detailed-exitcode`: differences were found.',
  99: 'Finished, and an objective is missed (`compare`: by every platform).',
  130: 'Interrupted; finished replications are kept, marked `"complete": false`.',
  143: 'Terminated; finished replications are kept, marked `"complete": false`.',
};

/** From the one that always wins to the one that yields to all others. */
export const exitCodeOrder: readonly ExitCode[] = [2, 5, 1, 130, 143, 4, 99, 3, 10, 0];

/** The code to leave with when all of these apply; 0 when none does. */
export function strongestExitCode(codes: readonly ExitCode[]): ExitCode {
  return exitCodeOrder.find((code) => codes.includes(code)) ?? exitCodes.ok;
}
