/**
 * Messages that a platform keeps: how often they are delivered, and what their operation may do meanwhile.
 */
import { expect, test } from 'vitest';
import { call, endings, send, tell, visitorsAt } from './handMade.js';
import { constant, environments, model, ms, seconds, service, wait } from './modelBuilder.js';

test('a message that fails after its operation called another service is delivered twice more, and no oftener', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([send(1)], { name: 'front' }),
        service([call(2), { kind: 'fail', chance: 1 }], {
          name: 'worker',
          sendRetryWaitsUs: [1 * seconds, 2 * seconds],
        }),
        service([wait(constant(10 * ms))], { name: 'below' }),
      ],
    }),
  );
  expect(endings(told.spans.filter(({ service: at }) => at === 1))).toEqual([
    'failed 0..10000',
    'failed 1010000..1020000',
    'failed 3020000..3030000',
  ]);
});

test('a call of a message delivered again has all its retries', () => {
  const retries = { attempts: 2, backoffUs: 10 * ms, jitter: 0 };
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([send(1)], { name: 'front' }),
        service([call(2, { retries })], { name: 'worker', sendRetryWaitsUs: [1 * seconds] }),
        service([{ kind: 'fail', chance: 1 }], { name: 'below' }),
      ],
    }),
  );
  expect(endings(told.spans.filter(({ service: at }) => at === 2))).toEqual([
    'failed 0..0',
    'failed 10000..10000',
    'failed 30000..30000',
    'failed 1030000..1030000',
    'failed 1040000..1040000',
    'failed 1060000..1060000',
  ]);
});

test('a refused message waits 1 s, 2 s, 4 s … up to the most, until it has been kept long enough', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([send(1)], { name: 'front' }),
        service([wait(constant(10 * ms))], {
          name: 'worker',
          dispatch: environments({ maxCount: 0, overflowWaitUs: 0 }),
          sendRetryWaitsUs: [60 * seconds, 120 * seconds],
          sendThrottle: { firstUs: 1 * seconds, mostUs: 4 * seconds, keptUs: 16 * seconds },
        }),
      ],
    }),
  );
  // At 0, then 1, 2, 4, 4 and 4 s later: 15 s in all; 4 s more would be 19 s.
  expect(endings(told.spans.filter(({ service: at }) => at === 1))).toEqual(
    [0, 1, 3, 7, 11, 15].map((second) => `rejected ${second * 1e6}..${second * 1e6}`),
  );
});

test('a message kept for so long goes whatever it waited for: refusals and failures count alike', () => {
  const told = tell(
    model({
      traffic: [visitorsAt([0])],
      services: [
        service([send(1)], { name: 'front' }),
        service([{ kind: 'fail', chance: 1 }], {
          name: 'worker',
          dispatch: environments(),
          sendRetryWaitsUs: [60 * seconds, 120 * seconds],
          sendThrottle: { firstUs: 1 * seconds, mostUs: 300 * seconds, keptUs: 100 * seconds },
        }),
      ],
    }),
  );
  // A minute, and two more would be three: over the 100 s it is kept.
  expect(endings(told.spans.filter(({ service: at }) => at === 1))).toEqual([
    'failed 0..0',
    'failed 60000000..60000000',
  ]);
});
