/**
 * A run that is watched: one or more platforms of a scenario, advanced together on one clock, with a frame to draw at
 * any moment and the bill as it stands.
 *
 * Its own file because `replication.ts` runs to the end and then speaks, and this speaks all along. The engine, the
 * meters and the prices are the same: at the end the bill is that of the first replication. Checked by
 * test/experiment/live.test.ts.
 */
import type { BillingPlan, MeterSet } from '../billing/contract.js';
import { writeInvoice } from '../billing/invoice.js';
import { startMeters } from '../billing/meterSet.js';
import { type Run, startRun } from '../engine/run.js';
import type { Snapshot } from '../engine/snapshot.js';
import type { CompiledPlatform, CompiledScenario } from '../model/compiled.js';
import { type LiveNote, LiveRecorder } from './liveRecorder.js';
import { type LiveStage, stageOf } from './liveStage.js';

export {
  databaseFields,
  databaseRowLength,
  instanceBits,
  instanceFields,
  instanceRowLength,
  queueFields,
  queueRowLength,
  serviceFields,
  serviceRowLength,
} from '../engine/snapshot.js';
export type { LiveNote } from './liveRecorder.js';
export type { LiveStage, StagePlatform, StageService } from './liveStage.js';

/** Points of the series under the stage. */
export const samplesPerRun = 400;

/** Columns of one sample of the series. */
export const sampleFields = { atS: 0, perSecond: 1, instances: 2, p99Ms: 3, billUsd: 4 } as const;
export const sampleLength = 5;

export interface LiveFrame {
  /** The clock of all platforms. */
  readonly clockUs: number;
  readonly isDone: boolean;
  readonly eventCount: number;
  readonly platforms: readonly PlatformFrame[];
}

export interface PlatformFrame extends Omit<Snapshot, 'nowUs'> {
  /** Billed so far: the measured time without allowances, an exact decimal. */
  readonly billUsd: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly instanceCount: number;
  readonly goodCount: number;
  readonly badCount: number;
  /** New since the last frame: who went where, by source and target (services, then databases). */
  readonly moves: Float32Array;
  /** New since the last frame: visitors who were not answered well, by source. */
  readonly failures: Float32Array;
  readonly notes: readonly LiveNote[];
  /** Samples of the series that were finished since the last frame. */
  readonly samples: Float64Array;
  /** Why the run was stopped before its end; null when it was not. */
  readonly stopped: string | null;
}

export class LiveRun {
  readonly stage: LiveStage;
  clockUs = 0;
  private readonly platforms: readonly LivePlatform[];

  /** @param places in `compiled.platforms`, at least one */
  constructor(compiled: CompiledScenario, places: readonly number[]) {
    this.stage = stageOf(compiled, places);
    this.platforms = places.map((place) => new LivePlatform(compiled.platforms[place]!, this.stage.lengthUs));
  }

  get isDone(): boolean {
    return this.platforms.every(({ isDone }) => isDone);
  }

  get eventCount(): number {
    return this.platforms.reduce((sum, { eventCount }) => sum + eventCount, 0);
  }

  /** Everything worth a line so far: it has grown when something happened. */
  get noteCount(): number {
    return this.platforms.reduce((sum, { noteCount }) => sum + noteCount, 0);
  }

  /**
   * Every platform to this moment, in order of the clock; `untilUs` is whole.
   *
   * @returns false when `eventLimit` was used up before: call again
   */
  advance(untilUs: number, eventLimit: number): boolean {
    let left = eventLimit;
    for (const platform of this.platforms) {
      left -= platform.advance(untilUs, left);
      if (left <= 0) return false;
    }
    this.clockUs = Math.min(untilUs, this.stage.lengthUs);
    return true;
  }

  /** How everything stands; what was new is told once. */
  frame(): LiveFrame {
    const { clockUs, isDone, eventCount } = this;
    return { clockUs, isDone, eventCount, platforms: this.platforms.map((platform) => platform.frame(clockUs)) };
  }
}

class LivePlatform {
  isDone = false;
  private readonly run: Run;
  private readonly meters: MeterSet;
  private readonly recorder: LiveRecorder;
  private readonly billing: BillingPlan;
  private readonly fromUs: number;
  private readonly sampleUs: number;
  private nextSampleUs: number;
  private samples: number[] = [];

  constructor({ model, billing }: CompiledPlatform, lengthUs: number) {
    this.meters = startMeters(billing);
    this.recorder = new LiveRecorder(model.traffic.map(({ isCounted }) => isCounted));
    // The bill of the run alone: what a month is made of is the report's affair.
    const { monthH } = billing.month;
    this.billing = { ...billing, month: { monthH, representsH: monthH, restShare: '0' } };
    this.fromUs = model.warmupUs;
    this.sampleUs = Math.ceil(lengthUs / samplesPerRun);
    this.nextSampleUs = this.sampleUs;
    this.run = startRun(model, { replicationIndex: 0 }, [this.meters, this.recorder]);
  }

  get eventCount(): number {
    return this.run.eventCount;
  }

  get noteCount(): number {
    return this.recorder.noteCount;
  }

  /** @returns how many events were handled; `eventLimit` of them: it may not have come so far */
  advance(untilUs: number, eventLimit: number): number {
    const before = this.run.eventCount;
    while (!this.isDone) {
      const stopUs = Math.min(untilUs, this.nextSampleUs);
      const left = eventLimit - (this.run.eventCount - before);
      if (left <= 0) break;
      const atStart = this.run.eventCount;
      this.isDone = this.run.advance({ untilUs: stopUs, eventLimit: left }).isDone;
      if (this.run.eventCount - atStart >= left) break;
      if (stopUs === this.nextSampleUs) this.sample();
      if (stopUs === untilUs) break;
    }
    return this.run.eventCount - before;
  }

  frame(clockUs: number): PlatformFrame {
    const { recorder } = this;
    const { nowUs: _, ...snapshot } = this.run.snapshot(clockUs);
    const frame = {
      ...snapshot,
      billUsd: this.billUsd(clockUs),
      p50Ms: recorder.recentQuantileMs(0.5, clockUs),
      p99Ms: recorder.recentQuantileMs(0.99, clockUs),
      instanceCount: this.run.instanceCount,
      goodCount: recorder.goodCount,
      badCount: recorder.badCount,
      moves: recorder.moves,
      failures: recorder.failures,
      notes: recorder.notes,
      samples: Float64Array.from(this.samples),
      stopped: this.run.stopped?.message ?? null,
    };
    recorder.forget();
    this.samples = [];
    return frame;
  }

  private billUsd(clockUs: number): string {
    if (clockUs <= this.fromUs || this.billing.charges.length === 0) return '0';
    const usage = this.meters.usageAt(clockUs, (observer) => this.run.tellWorkInFlight(observer, clockUs));
    return writeInvoice(this.billing, [usage], null).total.runUsd;
  }

  private sample(): void {
    const { recorder, nextSampleUs } = this;
    this.samples.push(
      nextSampleUs / 1e6,
      recorder.arrivedSinceSample / (this.sampleUs / 1e6),
      this.run.instanceCount,
      recorder.recentQuantileMs(0.99, nextSampleUs),
      Number(this.billUsd(nextSampleUs)),
    );
    recorder.arrivedSinceSample = 0;
    this.nextSampleUs += this.sampleUs;
  }
}
