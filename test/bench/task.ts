/**
 * What is measured in a process of its own, and what it answers: plain data, for both travel as one line of JSON. Its
 * own file because the process that asks and the one that measures must agree on it.
 */

import type { Job } from '../../src/experiment/jobs.js';
import type { GrowingSubject } from './measured/growing.js';

/** Scenarios in `scenarios/theory/` that the yardstick knows too. */
export type WorkloadName = 'w1' | 'w2' | 'w3';

export interface Tasks {
  /** A workload through the whole product: text, checked scenario, model, engine. */
  readonly workload: {
    readonly asked: {
      readonly workload: WorkloadName;
      /** About so many: the duration is set so that they are expected. */
      readonly requestCount: number;
      readonly seed: number;
      /** Of W3: how many instances each of its five services has; the rate follows. 4 unless given. */
      readonly instancesPerService?: number;
      /**
       * `histogram`: the engine, and one histogram of the visitors' latency, which is what the yardstick has too.
       * `everything`: what `windtunnel run` listens with, timeline and meters included.
       */
      readonly observers: 'histogram' | 'everything';
    };
    readonly answer: Counts & {
      readonly seconds: number;
      /** Of visitors; null with `everything`. */
      readonly meanMs: number | null;
      readonly p99Ms: number | null;
    };
  };
  /** A comparison of platforms, all of its jobs. One worker does them in this process; more are threads. */
  readonly comparison: {
    readonly asked: { readonly scenarioFile: string; readonly workers: number; readonly replications: number | null };
    readonly answer: Counts & {
      readonly replications: number;
      /** All jobs and the gathering of their results. */
      readonly wholeSeconds: number;
      /** Of each kind of job; empty with threads. */
      readonly secondsByKind: Readonly<Partial<Record<Job['kind'], number>>>;
      /** Of the replications alone, by platform in the order of the file; empty with threads, which overlap. */
      readonly platforms: readonly (Counts & { readonly name: string; readonly seconds: number })[];
      /** Of the results: equal, if the bytes are. */
      readonly digest: string;
    };
  };
  /** A comparison as the page's worker makes it, slice by slice between messages. */
  readonly served: {
    readonly asked: { readonly minutes: number };
    readonly answer: { readonly seconds: number; readonly eventCount: number };
  };
  /** A cluster or a function, small or large. */
  readonly growing: {
    readonly asked: { readonly subject: GrowingSubject; readonly seed: number };
    readonly answer: Counts & { readonly seconds: number };
  };
  /** The hold model: so many pending events; the next is taken and comes back an exponential time later. */
  readonly hold: {
    readonly asked: { readonly pendingCount: number; readonly eventCount: number };
    readonly answer: {
      /** Of CPU, as below: another program beside it costs none. */
      readonly nanosecondsPerEvent: number;
    };
  };
  /** A balancer at work: a decision, and what it is told when requests begin and end. */
  readonly balancing: {
    readonly asked: { readonly balancer: string; readonly instanceCount: number; readonly decisionCount: number };
    readonly answer: { readonly nanosecondsPerDecision: number };
  };
  /** Cells of next to no work, done in this process, on a thread and through a queue. */
  readonly studies: {
    readonly asked: { readonly cellCount: number; readonly withQueue: boolean };
    readonly answer: {
      /** Until two threads have answered. */
      readonly poolStart: Spent;
      /** Of one cell. */
      readonly engine: Spent;
      readonly thread: Spent;
      /** Null without a queue; Redis' own CPU is not in it. */
      readonly queue: Spent | null;
      readonly storedBytesPerCell: number;
    };
  };
}

/** By the clock on the wall, and of CPU in this process with its threads: on a busy machine only that is its own. */
export interface Spent {
  readonly wallMs: number;
  readonly cpuMs: number;
}

export interface Counts {
  readonly requestCount: number;
  readonly spanCount: number;
  readonly eventCount: number;
}

export type TaskKind = keyof Tasks;
export type Asked<K extends TaskKind> = Tasks[K]['asked'];

/**
 * What a task answers; the most memory its process ever held (resident, MB of 10^6 bytes); and the CPU that all of it
 * used, compiling beside it and collecting garbage included.
 */
export type Answer<K extends TaskKind> = Tasks[K]['answer'] & { readonly peakMb: number; readonly cpuSeconds: number };
