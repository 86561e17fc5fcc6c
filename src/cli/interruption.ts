/**
 * What Ctrl-C and a polite kill do: the first asks the simulation to stop and keep what is finished, the second ends
 * the program at once. Its own file because signals belong to the process, and only one listener may decide.
 */
import { type ExitCode, exitCodes } from './exitCodes.js';

export interface Interruption {
  /** The code to leave with; null while nobody interrupted. */
  readonly code: ExitCode | null;
  /** Resolves at the first signal; never, when there is none. */
  readonly happened: Promise<void>;
  /** Gives the signals back to the system. */
  end(): void;
}

const signals = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;

/** @param onFirst tells the user; @param beforeEnd puts the terminal and the disk in order, synchronously. */
export function listenForInterruption(onFirst: () => void, beforeEnd: () => void): Interruption {
  let code: ExitCode | null = null;
  let announce: () => void = () => {};
  const happened = new Promise<void>((resolve) => {
    announce = resolve;
  });
  const onSignal = (signal: NodeJS.Signals): void => {
    const own = signal === 'SIGTERM' ? signals.SIGTERM : signals.SIGINT;
    if (code !== null) {
      beforeEnd();
      process.exit(own);
    }
    code = own;
    onFirst();
    announce();
  };
  for (const signal of Object.keys(signals)) process.on(signal, onSignal);
  return {
    get code() {
      return code;
    },
    happened,
    end() {
      for (const signal of Object.keys(signals)) process.off(signal, onSignal);
    },
  };
}
