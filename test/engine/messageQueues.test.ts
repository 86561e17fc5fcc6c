/**
 * Queues through the engine, by hand and against theory: visibility, batches, dead letters, who pulls and when. The
 * rules are Amazon SQS's; a queue before c consumers of one slot each is M/M/c.
 */
import { expect, test } from 'vitest';
import { startRun } from '../../src/engine/run.js';
import type { Model, QueueModel, ServiceModel, StepModel } from '../../src/model/contract.js';
import type { MessageFact, Observer, QueueRequest } from '../../src/observation/contract.js';
import { QueueTally } from '../../src/observation/queueTally.js';
import { mmc } from '../../src/stats/mmc.js';
import {
  constant,
  cpu,
  environments,
  exponential,
  model,
  replicas,
  seconds,
  service,
  source,
  wait,
} from './modelBuilder.js';

const sent: StepModel = { kind: 'send', service: 1, operation: 0, queue: 0 };

function queue(parts: Partial<QueueModel> = {}): QueueModel {
  return {
    name: 'mails',
    batchSize: 1,
    windowUs: 0,
    visibilityUs: 30 * seconds,
    maxReceives: Number.POSITIVE_INFINITY,
    retentionUs: 345_600 * seconds,
    ...parts,
  };
}

/** Each visitor sends one message (`burst`: so many at 10 s), which `worker` works on. */
function world(
  worker: Partial<ServiceModel>,
  steps: readonly StepModel[],
  queueParts: Partial<QueueModel>,
  burst: number,
) {
  return model({
    traffic: [source({ kind: 'batch', every: { kind: 'constant', value: 10 * seconds }, size: burst })],
    services: [service([sent]), service(steps, { name: 'worker', concurrency: 1, ...worker })],
    queues: [queue(queueParts)],
    durationUs: 20 * seconds - 1,
  });
}

function factsOf(built: Model) {
  const facts: MessageFact[] = [];
  const requests: string[] = [];
  const observer: Observer = {
    messageMoved: (fact) => void facts.push({ ...fact }),
    queueAsked: (_queue: number, request: QueueRequest, nowUs: number) =>
      void requests.push(`${nowUs / seconds} ${request}`),
  };
  const run = startRun(built, { replicationIndex: 0 }, [observer]);
  run.advance();
  if (run.stopped) throw new Error(run.stopped.message);
  const at = (kind: string) => facts.filter((fact) => fact.kind === kind).map(({ nowUs }) => nowUs / seconds);
  return { at, requests, facts };
}

test('one consumer of one slot takes one message after the other, in order', () => {
  const { at, requests } = factsOf(world({}, [wait(constant(2 * seconds))], {}, 3));
  expect(at('received')).toEqual([10, 12, 14]);
  expect(at('done')).toEqual([12, 14, 16]);
  expect(requests.filter((each) => !each.endsWith('send'))).toEqual([
    '10 receive',
    '12 receive',
    '12 delete',
    '14 receive',
    '14 delete',
    '16 delete',
  ]);
});

test('a batch is one receive, one slot and one delete; its messages follow each other', () => {
  const { at, requests } = factsOf(
    world({}, [wait(constant(2 * seconds))], { batchSize: 3, windowUs: 1 * seconds }, 3),
  );
  expect(at('received')).toEqual([10, 10, 10]);
  expect(at('done')).toEqual([12, 14, 16]);
  expect(requests.filter((each) => !each.endsWith('send'))).toEqual(['10 receive', '16 delete']);
});

test('a batch that is not full waits for its window', () => {
  const parts = { batchSize: 5, windowUs: 3 * seconds };
  expect(factsOf(world({}, [wait(constant(1 * seconds))], parts, 2)).at('received')).toEqual([13, 13]);
  expect(factsOf(world({}, [wait(constant(1 * seconds))], parts, 5)).at('received')).toEqual([10, 10, 10, 10, 10]);
});

test('what fails is back when its time is over, and dead after as many receives as allowed', () => {
  const failing: StepModel[] = [wait(constant(1 * seconds)), { kind: 'fail', chance: 1 }];
  const { at } = factsOf(world({}, failing, { visibilityUs: 3 * seconds, maxReceives: 2 }, 1));
  expect(at('received')).toEqual([10, 13]);
  expect(at('retried')).toEqual([13]);
  expect(at('dead')).toEqual([16]);
  expect(at('done')).toEqual([]);
});

test('work that outlasts the visibility timeout is done twice, and counts once', () => {
  const parts = { dispatch: replicas(2) };
  const { at } = factsOf(world(parts, [wait(constant(4 * seconds))], { visibilityUs: 3 * seconds, maxReceives: 2 }, 1));
  expect(at('received')).toEqual([10, 13]);
  expect(at('retried')).toEqual([13]);
  // The second receive's visibility is over at 16, a second before its work: nobody may delete it any more.
  expect(at('done')).toEqual([]);
  expect(at('dead')).toEqual([16]);
});

test('work done after the visibility timeout deletes the message as long as nobody has received it again', () => {
  // The only slot is busy until 14, so the message that is back at 13 waits; its handle is still the latest one.
  const { at } = factsOf(world({}, [wait(constant(4 * seconds))], { visibilityUs: 3 * seconds, maxReceives: 5 }, 1));
  expect(at('received')).toEqual([10]);
  expect(at('retried')).toEqual([13]);
  expect(at('withdrawn')).toEqual([14]);
  expect(at('done')).toEqual([14]);
});

test('of a batch that is back, the one at work leaves the line, the other is received again', () => {
  const parts = { batchSize: 2, windowUs: seconds, visibilityUs: 3 * seconds, maxReceives: 5 };
  const { at } = factsOf(world({}, [wait(constant(4 * seconds))], parts, 2));
  expect(at('received')).toEqual([10, 10, 14]);
  expect(at('withdrawn')).toEqual([14, 18]);
  expect(at('done')).toEqual([14, 18]);
});

test('in a batch each message is answered for itself', () => {
  const half: StepModel[] = [wait(constant(1 * seconds)), { kind: 'fail', chance: 0.5 }];
  const { at } = factsOf(world({}, half, { batchSize: 8, visibilityUs: 60 * seconds }, 8));
  const doneCount = at('done').length;
  expect(doneCount).toBeGreaterThan(0);
  expect(doneCount).toBeLessThan(8);
  expect(at('received')).toHaveLength(8);
});

test('with nobody there messages wait; a consumer that gets ready pulls', () => {
  const dispatch = replicas(0, {
    maxCount: 1,
    scalers: [
      {
        kind: 'at five',
        source: 'by hand',
        everyUs: 15 * seconds,
        offsetUs: 0,
        windowsUs: [],
        start: null,
        decide: () => ({ wantedCount: 1, because: 'by hand', memory: null }),
      },
    ],
  });
  const { at } = factsOf(world({ dispatch }, [wait(constant(1 * seconds))], {}, 2));
  expect(at('received')).toEqual([15, 16]);
});

test('where requests start instances the platform pulls while it may start one, then as one is free', () => {
  const parts = { dispatch: environments({ maxCount: 2 }) };
  const { at } = factsOf(world(parts, [wait(constant(2 * seconds))], {}, 5));
  expect(at('received')).toEqual([10, 10, 12, 12, 14]);
  expect(at('lost')).toEqual([]);
});

test('an instance that dies gives its message back when its time is over', () => {
  const built = world({ dispatch: replicas(1) }, [wait(constant(4 * seconds))], { visibilityUs: 5 * seconds }, 1);
  const crash = { kind: 'crash' as const, name: 'crash', atUs: 12 * seconds, service: 1, count: 1 };
  const { at } = factsOf({ ...built, faults: [crash] });
  expect(at('received')).toEqual([10, 15]);
  expect(at('done')).toEqual([19]);
});

test('three consumers of one slot each are M/M/3: the mean wait agrees with Erlang C', () => {
  const built = model({
    traffic: [source({ kind: 'poisson', ratePerSecond: 24 })],
    services: [
      service([sent]),
      service([cpu(exponential(100_000))], { name: 'worker', concurrency: 1, dispatch: replicas(3) }),
    ],
    queues: [queue()],
    warmupUs: 200 * seconds,
    durationUs: 6000 * seconds,
  });
  const tally = new QueueTally();
  const run = startRun(built, { replicationIndex: 0 }, [tally]);
  run.advance();
  const waitMs = tally.ageOf(0).meanUs / 1000 - 100;
  const theoryMs = mmc({ arrivalRate: 24, meanService: 0.1, serverCount: 3 }).meanWait * 1000;
  expect(Math.abs(waitMs / theoryMs - 1)).toBeLessThan(0.06);
});

test('an idle consumer that hangs asks for nothing: messages wait for it, or go to another', () => {
  const hang = { kind: 'hang', name: 'hang', service: 1, atUs: 5 * seconds, forUs: 45 * seconds, count: 1 } as const;
  const hanging = (count: number): Model => ({
    ...world({ dispatch: replicas(count) }, [wait(constant(2 * seconds))], {}, 3),
    durationUs: 59 * seconds,
    traffic: [source({ kind: 'batch', every: { kind: 'constant', value: 30 * seconds }, size: 3 })],
    faults: [hang],
  });
  const alone = factsOf(hanging(1));
  expect(alone.at('received')).toEqual([50, 52, 54]);
  expect(alone.facts.map(({ kind }) => kind)).not.toContain('retried');
  expect(factsOf(hanging(2)).at('received')).toEqual([30, 32, 34]);
});
