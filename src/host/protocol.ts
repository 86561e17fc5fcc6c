/**
 * What a page and its worker say to each other. Plain data: everything here survives `structuredClone`.
 *
 * Its own file because the page may know nothing of the worker but this, and the worker nothing of the page.
 * `id` is the page's: answers carry the id of the request they answer, so that late ones can be told from new ones.
 */
import type { Comparison } from '../experiment/contract.js';
import type { Knob } from '../experiment/knobs.js';
import type { LiveFrame, LiveStage } from '../experiment/live.js';
import type { Override } from '../scenario/overrides.js';
import type { Issue } from '../units/issue.js';

/** A scenario as a page has it: text, a name for messages, and what is changed in it. */
export interface Written {
  readonly text: string;
  readonly file: string;
  readonly seed?: string;
  readonly overrides?: readonly Override[];
  /** Texts of the files that it names, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

export type ToWorker =
  /** Simulate all of it, as `compare` does; ends in `done`, `refused` or `cancelled`. */
  | ({ readonly kind: 'run'; readonly id: number; readonly platforms?: readonly string[] } & Written)
  /** Only look for mistakes; ends in `checked`. */
  | ({ readonly kind: 'check'; readonly id: number } & Written)
  /** Observe the serverless level of each platform; `level` for each. */
  | ({ readonly kind: 'levels'; readonly id: number; readonly platforms: readonly string[] } & Written)
  /** Open a run to be watched, from clock 0, at rest; `opened` or `refused`. */
  | ({ readonly kind: 'watch'; readonly id: number; readonly platforms: readonly string[] } & Written)
  /** Let the watched run go on, so many simulated seconds a second. */
  | { readonly kind: 'play'; readonly speed: number }
  | { readonly kind: 'pause' }
  /** To the next thing that happens: a scaling, a crash, a start … */
  | { readonly kind: 'step' }
  /** To a moment, forwards or (from clock 0 again) backwards; then at rest. */
  | { readonly kind: 'seek'; readonly toUs: number }
  /** Leave off whatever is under way for this id. Heard between slices. */
  | { readonly kind: 'cancel'; readonly id: number }
  /** The JSON Schema of a scenario. */
  | { readonly kind: 'schema'; readonly id: number };

export type FromWorker =
  | { readonly kind: 'progress'; readonly id: number; readonly doneShare: number; readonly eventCount: number }
  | { readonly kind: 'done'; readonly id: number; readonly comparison: Comparison; readonly seconds: number }
  | { readonly kind: 'refused'; readonly id: number; readonly issues: readonly Issue[] }
  | { readonly kind: 'cancelled'; readonly id: number }
  | {
      readonly kind: 'checked';
      readonly id: number;
      readonly issues: readonly Issue[];
      readonly platforms: readonly string[];
    }
  | { readonly kind: 'level'; readonly id: number; readonly platform: string; readonly level: WatchedLevel }
  | { readonly kind: 'opened'; readonly id: number; readonly stage: LiveStage; readonly knobs: readonly Knob[] }
  /**
   * At most thirty a second. `isPlaying` says whether more will come by themselves, `isOnItsWay` that they will only to
   * the moment that was sought; arrays are transferred.
   */
  | {
      readonly kind: 'frame';
      readonly id: number;
      readonly frame: LiveFrame;
      readonly isPlaying: boolean;
      readonly isOnItsWay: boolean;
    }
  | { readonly kind: 'schema'; readonly id: number; readonly schema: object }
  /** A bug of ours, with what was being done. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

export interface WatchedLevel {
  readonly observed: 0 | 1 | 2;
  readonly claimed: 0 | 1 | 2 | null;
  readonly why: string;
  readonly whyDifferent: string | null;
  readonly monthAtZeroUsd: string;
}
