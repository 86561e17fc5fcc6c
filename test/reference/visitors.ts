/**
 * Visitors: they arrive, ask at an entry, wait for the answer, give up, try again, leave.
 */
import type { TrafficModel } from '../../src/model/contract.js';
import { type Outcome, outcomes } from '../../src/observation/contract.js';
import { mix32 } from '../../src/random/draws.js';
import { countDistributions } from '../../src/random/registry.js';
import { openStream } from '../../src/random/streams.js';
import type { Appointment } from './agenda.js';
import { drawsAt, hashName, placeOf, sampledUs, type VisitorKey, visitorKey } from './chance.js';
import { giveUp } from './leaving.js';
import { backoffUs } from './retries.js';
import { Span } from './span.js';
import type { World } from './world.js';

/** Schedule the arrivals of one source; the users of a closed crowd begin by thinking. */
export function beginSource(world: World, index: number): void {
  const spec = world.model.traffic[index]!;
  if ('userCount' in spec.arrivals) {
    for (let user = 0; user < spec.arrivals.userCount; user++) think(world, index, user, 0);
  } else beginArrivals(world, index, spec);
}

function beginArrivals(world: World, index: number, spec: TrafficModel): void {
  if ('userCount' in spec.arrivals) return;
  const process = spec.arrivals.start(openStream(world.model.seed, world.replicationIndex, 'arrivals', spec.name));
  let number = 0;
  const awaitNext = (): void => {
    const atUs = process.nextUs();
    if (atUs === Number.POSITIVE_INFINITY) return;
    const { entryIndex, traceWaitUs } = process;
    world.agenda.after(atUs - world.agenda.nowUs, 'arrival', () => {
      const visitor = new Visitor(world, index, number++, entryIndex, traceWaitUs);
      awaitNext();
      visitor.ask();
    });
  };
  awaitNext();
}

/** User `user` thinks before his visit `visit` (0, 1 …), comes, and begins to think again when he leaves. */
function think(world: World, index: number, user: number, visit: number): void {
  const { arrivals, name } = world.model.traffic[index]!;
  if (!('userCount' in arrivals)) return;
  const number = visit * arrivals.userCount + user;
  const key = visitorKey(world.model.seed, world.replicationIndex, name, number);
  const thinkUs = sampledUs(arrivals.think, drawsAt(key, hashName('think')));
  world.agenda.after(thinkUs, 'arrival', () => {
    const visitor = new Visitor(world, index, number, 0, 0);
    visitor.whenGone = () => think(world, index, user, visit + 1);
    visitor.ask();
  });
}

export class Visitor {
  readonly key: VisitorKey;
  readonly spec: TrafficModel;
  /** Which of the source's customers he is, from 1; 0: his own. And what balancers know him by. */
  readonly customer: number;
  readonly balancingKey: number;
  whenGone: () => void = () => undefined;
  /** The attempt under way: its number, its span, his patience with it. */
  attempt = 0;
  root: Span | null = null;
  patience: Appointment | null = null;
  readonly world: World;
  readonly traceWaitUs: number;
  private readonly source: number;
  private readonly number: number;
  private readonly entry: number;
  private readonly beganUs: number;
  private readonly isMeasured: boolean;

  constructor(world: World, source: number, number: number, entry: number, traceWaitUs: number) {
    this.world = world;
    this.source = source;
    this.number = number;
    this.entry = entry;
    this.traceWaitUs = traceWaitUs;
    this.spec = world.model.traffic[source]!;
    this.key = visitorKey(world.model.seed, world.replicationIndex, this.spec.name, number);
    this.beganUs = world.agenda.nowUs;
    this.isMeasured = world.isMeasuring();
    const { keys } = this.spec;
    if (keys) {
      const customers = countDistributions.zipf.make({ count: keys.count, exponent: keys.zipf });
      this.customer = customers.sample(drawsAt(this.key, hashName('customer')));
      this.balancingKey = mix32(this.customer ^ 0x3c6ef372);
    } else {
      this.customer = 0;
      this.balancingKey = this.key.a;
    }
  }

  /** Ask at the entry, for the first time or again. The span begins when the request gets there. */
  ask(): void {
    const { world, spec, attempt } = this;
    const { service, operation } = spec.entries[this.entry]!;
    const name = `${world.model.services[service]!.name}.${world.model.services[service]!.operations[operation]!.name}`;
    const span = new Span(this, world.services[service]!, operation, {
      path: placeOf(hashName(name), hashName('attempt'), attempt),
      depth: 1,
      asker: { kind: 'visitor' },
    });
    this.root = span;
    if (spec.timeout) {
      const place = placeOf(hashName('visitor timeout'), 0, attempt);
      const afterUs = sampledUs(spec.timeout.after, drawsAt(this.key, place));
      this.patience = world.agenda.after(afterUs, 'timeout', () => this.losePatience(span));
    }
    span.travel(this.hopUs('client out'), () => span.reachEntry());
  }

  /** Time between the visitor and the entry. */
  hopUs(way: 'client out' | 'client back'): number {
    return sampledUs(this.spec.client, drawsAt(this.key, placeOf(hashName(way), 0, this.attempt)));
  }

  private losePatience(span: Span): void {
    giveUp(span, this.spec.timeout!);
    this.answered(outcomes.timedOut);
  }

  /** The attempt ended so: try again, or leave. */
  answered(outcome: Outcome): void {
    const { world, spec } = this;
    this.patience = world.agenda.callOff(this.patience);
    this.root = null;
    if (outcome === outcomes.completed || !spec.retries || this.attempt >= spec.retries.attempts) {
      this.leave(outcome);
      return;
    }
    this.attempt++;
    const draws = drawsAt(this.key, placeOf(hashName('visitor backoff'), 0, this.attempt));
    world.agenda.after(backoffUs(spec.retries, this.attempt, draws), 'completion', () => this.ask());
  }

  private leave(outcome: Outcome): void {
    this.world.facts.visitors.push({
      source: this.source,
      outcome,
      attemptCount: this.attempt + 1,
      beganUs: this.beganUs,
      endedUs: this.world.agenda.nowUs,
      isMeasured: this.isMeasured,
      visitorNumber: this.number,
      customer: this.customer,
    });
    this.whenGone();
  }
}
