/** States over the measured time, from hand-made readings. */
import { expect, test } from 'vitest';
import { StateRecorder } from '../../src/observation/stateRecorder.js';
import { stateView } from './stateView.js';

test('an integral over the measured time is its growth since measuring began', () => {
  const recorder = new StateRecorder([false]);
  recorder.sampled(
    stateView({ nowUs: 100, service: { queueAreaUs: [40], restartCount: [1] }, entriesAvailableUs: 90 }),
    'measuring-begins',
  );
  recorder.sampled(stateView({ nowUs: 200, service: { queueAreaUs: [60] } }), 'window-ends');
  recorder.sampled(
    stateView({
      nowUs: 300,
      service: { queueAreaUs: [240], restartCount: [3] },
      database: { connectionAreaUs: [10], connectionLimit: [5] },
      entriesAvailableUs: 290,
    }),
    'run-ends',
  );
  expect(recorder.services[0]).toMatchObject({ queueAreaUs: 200, restartCount: 2 });
  expect(recorder.databases[0]).toMatchObject({ connectionAreaUs: 10, connectionLimit: 5 });
  expect(recorder.platform).toMatchObject({ measuredUs: 200, entriesAvailableUs: 200 });
});

test('a state is read, not kept: the run may reuse it', () => {
  const recorder = new StateRecorder([false]);
  const state = stateView({ nowUs: 0, service: { busyAreaUs: [5] } });
  recorder.sampled(state, 'measuring-begins');
  state.service.busyAreaUs[0] = 25;
  state.nowUs = 10;
  recorder.sampled(state, 'run-ends');
  expect(recorder.services[0]?.busyAreaUs).toBe(20);
});
