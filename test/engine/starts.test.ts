/**
 * How environments begin: a start-up that takes longer than the platform lets it begins anew within the request
 * (AWS Lambda developer guide, execution environment lifecycle: "Init is limited to 10 seconds ... Lambda retries the
 * Init phase at the time of the first function invocation with the configured function timeout"); a scaler that starts
 * instances looks at once when a request waits where there is nothing.
 */
import { expect, test } from 'vitest';
import { makeScaler } from '../../src/autoscaling/registry.js';
import type { EnvironmentModel, ServiceModel } from '../../src/model/contract.js';
import { endings, tell, visitorsAt } from './handMade.js';
import { constant, environments, model, ms, seconds, service, wait } from './modelBuilder.js';

function slowToStart(initUs: number, more: Partial<ServiceModel> = {}, parts: Partial<EnvironmentModel> = {}) {
  return service([wait(constant(1 * seconds))], {
    name: 'function',
    concurrency: 1,
    start: {
      whole: null,
      placement: constant(120 * ms),
      pullUs: 0,
      runtime: constant(initUs),
      application: constant(0),
      inVainAfterUs: 10 * seconds,
    },
    dispatch: environments(parts),
    ...more,
  });
}

const first = (of: ServiceModel) =>
  tell(model({ durationUs: 100 * seconds, traffic: [visitorsAt([0])], services: [of] }));

test('INIT of 10 s is the last that succeeds; of 12 s it begins anew: 10 s in vain and 12 s more', () => {
  expect(endings(first(slowToStart(10 * seconds)).visitors)).toEqual(['completed 0..11120000']);
  expect(endings(first(slowToStart(12 * seconds)).visitors)).toEqual(['completed 0..23120000']);
});

test('what the second INIT takes is time of the request: 15 s are over 3 s of work later', () => {
  const long = slowToStart(12 * seconds, {
    operations: [{ name: 'work', steps: [wait(constant(5 * seconds))] }],
    requestTimeoutUs: 15 * seconds,
  });
  expect(endings(first(long).visitors)).toEqual(['timed_out 0..25120000']);
  const short = slowToStart(12 * seconds, { requestTimeoutUs: 15 * seconds });
  expect(endings(first(short).visitors)).toEqual(['completed 0..23120000']);
});

test('the start of an instance kept ready has no limit of 10 s', () => {
  const told = tell(
    model({
      durationUs: 100 * seconds,
      traffic: [visitorsAt([50 * seconds])],
      services: [slowToStart(12 * seconds, {}, { provisionedCount: 1 })],
    }),
  );
  expect(endings(told.visitors)).toEqual(['completed 50000000..51000000']);
});

test('from nothing, Azure starts an instance at once; the next come a second apart', () => {
  const made = makeScaler('azureFunctions', {});
  if (!made.ok) throw new Error(made.fault);
  const told = tell(
    model({
      durationUs: 60 * seconds,
      traffic: [visitorsAt([2_300 * ms, 2_300 * ms, 2_400 * ms])],
      services: [
        service([wait(constant(30 * seconds))], {
          name: 'function',
          concurrency: 1,
          dispatch: environments({ startsOnDemand: false, scaler: made.value }),
        }),
      ],
    }),
  );
  expect(told.spans.map(({ beganUs, waitUs }) => (beganUs + waitUs) / ms)).toEqual([2_300, 3_300, 4_300]);
});
