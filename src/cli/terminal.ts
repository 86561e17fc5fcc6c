/**
 * The two streams a command speaks on: stdout carries the result, stderr everything else. Its own file because whether
 * to colour, and what to do when the reader has gone, is decided once here. Checked by test/cli/terminal.test.ts.
 */
import type { WriteStream } from 'node:tty';
import pc from 'picocolors';
import type { Colour } from '../report/terminal/grid.js';

export type Colors = ReturnType<typeof pc.createColors>;

export interface Terminal {
  /** The result. Written as it is; nothing is added. */
  out(text: string): void;
  /** A line about the result, not part of it: a warning, where files went. Silent with --quiet. */
  note(text: string): void;
  /** A line that says why it failed; never silent. */
  complain(text: string): void;
  /** A line for the curious, with --verbose only. */
  detail(text: string): void;
  /** Overwrites the current line of stderr; for progress on a terminal. */
  overwrite(text: string): void;
  readonly outColors: Colors;
  readonly errColors: Colors;
  /** What COLUMNS says, else the columns of the terminal on stdout; 100 where it is none. */
  readonly columnCount: number;
  readonly isErrInteractive: boolean;
  /** Whether both streams are a terminal, so that whoever reads sees both. */
  readonly isScreen: boolean;
  /** Columns of the terminal on stderr; unlimited where it is none, for then lines are not drawn over. */
  readonly errColumnCount: number;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
}

export interface TerminalOptions {
  readonly color: string;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
}

/** What the tones of a table look like on this stdout. */
export function colourOf({ outColors }: Terminal): Colour {
  const paints = { good: outColors.green, bad: outColors.red, quiet: outColors.dim, strong: outColors.bold };
  return (tone, text) => paints[tone](text);
}

/** What goes to stdout could not be written: a full disk behind `>`, not a bug of ours. */
export class OutputError extends Error {
  constructor(code: string | undefined) {
    super(`cannot write to standard output: ${code === 'ENOSPC' ? 'the disk is full' : 'it refuses'} (${code})`);
    this.name = 'OutputError';
  }
}

/** The process's own streams. A reader who closes the pipe early ends nothing and is not an error. */
export function openTerminal({ color, isQuiet, isVerbose }: TerminalOptions): Terminal {
  const { stdout, stderr, env } = process;
  const write = (stream: WriteStream): ((text: string) => void) => {
    let isOpen = true;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      isOpen = false;
      // Without stderr nobody can be told; the exit code still says it.
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw new OutputError(error.code);
    });
    return (text) => {
      if (isOpen) stream.write(text);
    };
  };
  const toOut = write(stdout);
  const toErr = write(stderr);
  return {
    out: toOut,
    note: (text) => void (isQuiet || toErr(`${text}\n`)),
    complain: (text) => toErr(`${text}\n`),
    detail: (text) => void (isVerbose && toErr(`${text}\n`)),
    overwrite: toErr,
    outColors: pc.createColors(isColored(color, env, stdout.isTTY)),
    errColors: pc.createColors(isColored(color, env, stderr.isTTY)),
    columnCount: columnsOf(env, stdout),
    isScreen: stdout.isTTY && stderr.isTTY,
    isErrInteractive: isInteractive(env, stderr.isTTY),
    errColumnCount: stderr.isTTY && stderr.columns > 0 ? stderr.columns : Number.POSITIVE_INFINITY,
    isQuiet,
    isVerbose,
  };
}

/** Whether lines may be drawn over: on a terminal, where nobody asked for plain text. */
export function isInteractive(env: Readonly<Record<string, string | undefined>>, isTty: boolean): boolean {
  return isTty === true && env['TERM'] !== 'dumb' && !env['NO_COLOR'];
}

const usualColumns = 100;
/** Narrower than this no table has room for a number beside its name. */
const leastColumns = 20;

/** COLUMNS where it is set, as for `ls` and Python; else those of the terminal; else 100. */
export function columnsOf(
  env: Readonly<Record<string, string | undefined>>,
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
): number {
  const asked = env['COLUMNS'] ?? '';
  if (/^[1-9]\d{0,5}$/.test(asked)) return Math.max(leastColumns, Number(asked));
  return isTTY === true && columns !== undefined && columns > 0 ? columns : usualColumns;
}

/**
 * Whether a stream gets colours: what the flag says; else FORCE_COLOR (`0` and `false` mean no) before NO_COLOR, as
 * Node does; else only on a terminal that isn't dumb.
 */
export function isColored(color: string, env: Readonly<Record<string, string | undefined>>, isTty: boolean): boolean {
  if (color === 'always') return true;
  if (color === 'never') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR']) return false;
  return isTty === true && env['TERM'] !== 'dumb';
}
