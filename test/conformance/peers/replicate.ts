/**
 * A scenario, written as an object, through the product: parser, model, engine, recorders, metrics; one replication a
 * call. Beside the product's own metrics it sees what peers count and the catalogue does not: how long instances lived.
 */
import { startRun } from '../../../src/engine/run.js';
import { measure, type ReplicationNumbers } from '../../../src/experiment/measures.js';
import { compileModel } from '../../../src/model/compile.js';
import type { Model } from '../../../src/model/contract.js';
import type { InstanceFact, Observer, RunFrame, SpanFact } from '../../../src/observation/contract.js';
import { StateRecorder } from '../../../src/observation/stateRecorder.js';
import { Tally } from '../../../src/observation/tally.js';
import { parseScenario } from '../../../src/scenario/parse.js';
import { printIssue } from '../../../src/units/issue.js';

/** One replication as it was seen. */
export interface Replication {
  readonly numbers: ReplicationNumbers;
  readonly lives: InstanceLives;
}

/** @throws Error with the product's own words when it refuses the scenario */
export function modelOf(scenario: Readonly<Record<string, unknown>>): Model {
  const parsed = parseScenario(JSON.stringify({ windtunnel: 1, ...scenario }), 'peer.yaml');
  const compiled = parsed.ok ? compileModel(parsed.value) : parsed;
  if (!compiled.ok) throw new Error(compiled.issues.slice(0, 2).map(printIssue).join('; '));
  return compiled.value.platforms[0]!.model;
}

export function replicate(model: Model, replicationIndex: number): Replication {
  const tally = new Tally();
  const states = new StateRecorder(model.services.map(({ dispatch }) => dispatch.kind === 'environments'));
  const lives = new InstanceLives();
  const run = startRun(model, { replicationIndex }, [tally, states, lives]);
  while (!run.advance().isDone);
  if (run.stopped) throw new Error(`${run.stopped.code}: ${run.stopped.message}`);
  const isCounted = model.traffic.map((source) => source.isCounted);
  const numbers = measure({ tally, states, lengthUs: states.platform.measuredUs, isCounted, withinNames: [] });
  return { numbers, lives };
}

/**
 * Lives of instances that ended; requests per instance over the time in which there is one; and time spent starting,
 * which peers count as running.
 */
export class InstanceLives implements Observer {
  endedCount = 0;
  private readonly bornUs = new Map<number, number>();
  private lifeUs = 0;
  private requestCount = 0;
  private sinceUs = 0;
  private levelAreaUs = 0;
  private populatedUs = 0;
  private fromUs = 0;
  private startingCount = 0;
  private startingAreaUs = 0;

  /** Mean life of those that ended, seconds. */
  get meanLifeS(): number {
    return this.lifeUs / this.endedCount / 1e6;
  }

  /** Time-average of requests in the system over instances, while there are any. */
  get meanLevel(): number {
    return this.levelAreaUs / this.populatedUs;
  }

  /** Instance-seconds spent starting, within the measured time. */
  get startingS(): number {
    return this.startingAreaUs / 1e6;
  }

  runStarted({ fromUs }: RunFrame): void {
    this.fromUs = fromUs;
  }

  spanBegan(_service: number, nowUs: number): void {
    this.settle(nowUs);
    this.requestCount++;
  }

  spanEnded({ endedUs }: SpanFact): void {
    this.settle(endedUs);
    this.requestCount--;
  }

  instanceChanged({ instance, phase, nowUs }: InstanceFact): void {
    this.settle(nowUs);
    if (phase === 'requested') {
      this.bornUs.set(instance, nowUs);
      this.startingCount++;
    }
    if (phase === 'ready') this.startingCount--;
    if (phase !== 'gone' || !this.bornUs.has(instance)) return;
    this.lifeUs += nowUs - this.bornUs.get(instance)!;
    this.endedCount++;
    this.bornUs.delete(instance);
  }

  private settle(nowUs: number): void {
    const spanUs = nowUs - this.sinceUs;
    this.startingAreaUs += this.startingCount * Math.max(0, nowUs - Math.max(this.sinceUs, this.fromUs));
    this.sinceUs = nowUs;
    if (this.bornUs.size === 0) return;
    this.levelAreaUs += (this.requestCount / this.bornUs.size) * spanUs;
    this.populatedUs += spanUs;
  }
}
