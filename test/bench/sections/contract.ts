/** What a section of the bench is: a part of what is printed, with the names by which it is picked. */
import type { Answer, Asked, TaskKind } from '../task.js';
import type { Yardstick } from '../yardstick.js';

export interface Bench {
  /** A tenth of the sizes, a single round: minutes become seconds, and figures become rough. */
  readonly isQuick: boolean;
  /** How often each figure is taken; medians are printed. */
  readonly roundCount: number;
  /** Null without a compiler. */
  readonly yardstick: Yardstick | null;
  /** The names picked; a section runs what it has of them. */
  readonly picked: ReadonlySet<string>;
  /** Measures in a process of its own, saying so on stderr. */
  measure<K extends TaskKind>(kind: K, asked: Asked<K>): Promise<Answer<K>>;
  /** A program started and ended as a user does, wall milliseconds. */
  startMs(...words: readonly string[]): Promise<number>;
  print(text: string): void;
}

export interface Section {
  readonly names: readonly string[];
  /** One clause for the help. */
  readonly summary: string;
  run(bench: Bench): Promise<void>;
}
