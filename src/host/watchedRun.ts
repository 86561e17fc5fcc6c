/**
 * A run that a page watches: played at a speed, paused, stepped, sought; at most thirty frames a second.
 *
 * Its own file because it is the only thing in the worker that goes on by itself, on a timer. When the machine cannot
 * keep the speed asked for, simulated time passes more slowly; nothing is skipped.
 */
import { knobsOf } from '../experiment/knobs.js';
import { LiveRun } from '../experiment/live.js';
import { prepareOrRefuse, type Send } from './preparing.js';
import type { FromWorker, ToWorker } from './protocol.js';

const frameMs = 1000 / 30;
/** Wall time of one turn of work, after which messages are heard. */
const turnMs = 24;
const eventsPerLook = 4000;
/** How far the clock goes between two looks for something that happened. */
const stepUs = 10_000;
const stridesOfSeek = 240;
/** Simulated time behind the wall beyond which the speed gives way. */
const mostLagMs = 60;

type Goal =
  | { readonly kind: 'play'; readonly speed: number }
  | { readonly kind: 'seek' | 'step'; readonly toUs: number };

export class WatchedRun {
  readonly id: number;
  private readonly send: Send;
  private readonly start: () => LiveRun;
  private live: LiveRun;
  private goal: Goal | null = null;
  /** Play was pressed on the way to a moment: it is played from there, at this speed. */
  private speedThen: number | null = null;
  private targetUs = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private lastTurnMs = 0;
  private lastFrameMs = Number.NEGATIVE_INFINITY;
  private noteCount = 0;

  static open({ platforms, ...written }: Extract<ToWorker, { readonly kind: 'watch' }>, send: Send): WatchedRun | null {
    const prepared = prepareOrRefuse(written, platforms, send);
    if (!prepared) return null;
    const { scenario, compiled, extent } = prepared;
    const places = platforms.length === 0 ? extent.platforms.slice(0, 1) : extent.platforms;
    const run = new WatchedRun(written.id, send, () => new LiveRun(compiled, places));
    send({ kind: 'opened', id: written.id, stage: run.live.stage, knobs: knobsOf(scenario, compiled, places) });
    run.tell();
    return run;
  }

  private constructor(id: number, send: Send, start: () => LiveRun) {
    this.id = id;
    this.send = send;
    this.start = start;
    this.live = start();
  }

  play(speed: number): void {
    if (this.goal?.kind === 'seek') {
      this.speedThen = speed;
      return;
    }
    this.begin({ kind: 'play', speed });
  }

  pause(): void {
    this.rest();
    this.tell();
  }

  step(): void {
    this.noteCount = this.live.noteCount;
    this.begin({ kind: 'step', toUs: this.live.stage.lengthUs });
  }

  seek(toUs: number): void {
    if (toUs < this.targetUs) {
      this.live = this.start();
      this.targetUs = 0;
    }
    this.begin({ kind: 'seek', toUs: Math.min(Math.round(toUs), this.live.stage.lengthUs) });
  }

  close(): void {
    this.rest();
  }

  private begin(goal: Goal): void {
    this.rest();
    this.goal = goal;
    this.lastTurnMs = performance.now();
    this.timer = setTimeout(() => this.turn(), 0);
  }

  private rest(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.goal = null;
    this.speedThen = null;
  }

  private turn(): void {
    const beganMs = performance.now();
    const goal = this.goal;
    if (!goal) return;
    const isThere = goal.kind === 'play' ? this.playOn(goal.speed, beganMs) : this.goTo(goal, beganMs);
    const isOver = this.live.isDone || (goal.kind !== 'play' && isThere);
    // On the way there platforms stand at different moments, which is not shown.
    const isShowable = this.live.clockUs >= this.targetUs;
    const { speedThen } = this;
    if (isOver) this.rest();
    if (isOver && speedThen !== null && !this.live.isDone) this.begin({ kind: 'play', speed: speedThen });
    if (isOver || (isShowable && beganMs - this.lastFrameMs >= frameMs - 2)) this.tell();
    if (isOver) return;
    const waitMs = goal.kind === 'play' && isThere ? frameMs - (performance.now() - beganMs) : 0;
    this.timer = setTimeout(() => this.turn(), Math.max(0, waitMs));
  }

  /** Towards where the clock should be by now; false when there was no time for all of it. */
  private playOn(speed: number, nowMs: number): boolean {
    const passedMs = Math.min(mostLagMs, nowMs - this.lastTurnMs);
    if (this.live.clockUs >= this.targetUs) this.targetUs = Math.ceil(this.live.clockUs + passedMs * 1000 * speed);
    this.lastTurnMs = nowMs;
    return this.advance(this.targetUs, nowMs);
  }

  /** Towards a moment, or the next thing that happens, in strides; true when it is reached. */
  private goTo({ kind, toUs }: Extract<Goal, { readonly toUs: number }>, beganMs: number): boolean {
    const { live } = this;
    const strideUs = kind === 'step' ? stepUs : Math.ceil(live.stage.lengthUs / stridesOfSeek);
    const isThere = (): boolean => live.clockUs >= toUs || (kind === 'step' && live.noteCount !== this.noteCount);
    while (!isThere() && performance.now() - beganMs < turnMs) {
      if (live.clockUs >= this.targetUs) this.targetUs = Math.min(toUs, live.clockUs + strideUs);
      if (!this.advance(this.targetUs, beganMs)) return false;
    }
    return isThere();
  }

  private advance(untilUs: number, beganMs: number): boolean {
    while (!this.live.advance(untilUs, eventsPerLook)) if (performance.now() - beganMs > turnMs) return false;
    return true;
  }

  private tell(): void {
    this.lastFrameMs = performance.now();
    const message: FromWorker = {
      kind: 'frame',
      id: this.id,
      frame: this.live.frame(),
      isPlaying: this.goal !== null,
      isOnItsWay: this.goal !== null && this.goal.kind !== 'play' && this.speedThen === null,
    };
    const transfer = message.frame.platforms.flatMap((platform) =>
      Object.values(platform).flatMap((value) => (ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : [])),
    );
    this.send(message, transfer);
  }
}
