/**
 * Messages that a platform keeps: how often they are delivered, and what their operation may do meanwhile.
 */
import { expect, test } from 'vitest';
import { call, endings, send, tell, visitorsAt } from './handMade.js';
import { constant, model, ms, seconds, service, wait } from './modelBuilder.js';

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
