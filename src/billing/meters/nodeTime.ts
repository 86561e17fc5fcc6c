/**
 * Life of a node, from the start of its boot until it is gone: node-hours. Its own file because a node is paid for
 * before it can hold anything.
 */
import type { NodeFact } from '../../observation/contract.js';
import type { Meter } from '../contract.js';
import { type MeterFrame, type MeterMember, type RunningMeter, usPerSecond } from './contract.js';
import { Spells } from './spells.js';
import { SteppedTime } from './steppedTime.js';

type NodeTimeMeter = Extract<Meter, { readonly kind: 'node-time' }>;

export const nodeTime: MeterMember<'node-time'> = {
  kind: 'node-time',
  hears: ['nodes'],
  partsPerMeasure: usPerSecond,
  start: (meter, frame) => new NodeTime(meter, frame),
};

class NodeTime implements RunningMeter {
  readonly subject: number;
  private readonly time: SteppedTime;
  private readonly lives: Spells;

  constructor(meter: NodeTimeMeter, { run }: MeterFrame) {
    this.subject = meter.pool;
    this.time = new SteppedTime(run, meter);
    this.lives = new Spells(0, (fromUs, toUs, isOver) => this.time.add(fromUs, toUs, isOver));
  }

  /** A node that was there at clock 0 is first heard of as ready. */
  nodeChanged({ node, phase, nowUs }: NodeFact): void {
    if (phase === 'gone') this.lives.end(node, nowUs);
    else this.lives.set(node, true, nowUs);
  }

  finish(endUs: number): void {
    this.lives.finish(endUs);
  }

  minimumUs = (): bigint => this.time.minimumUs();

  quantity(): bigint {
    return this.time.value();
  }

  quantityAt(nowUs: number): bigint {
    return this.time.valueWith(this.lives, nowUs);
  }
}
