/** Scenarios no machine could finish are refused at their place, with the mend, before anything is simulated. */
import { expect, test } from 'vitest';
import { issuesIn, written } from './written.js';

const arrivals = (spec: string) => written({ traffic: `{v: {entry: web.get, arrivals: ${spec}}}` });

test('more than 10^10 visitors', () => {
  expect(issuesIn(arrivals('{poisson: 5G/s}'))).toEqual([
    expect.stringMatching(/^1:41 limit traffic\.v\.arrivals makes this run expect 1.*; lower the rate or shorten/),
  ]);
  expect(issuesIn(arrivals('{batch: {every: 1s, size: 100000000}}'))[0]).toMatch(/limit traffic\.v\.arrivals/);
});

test('a crowd larger than memory is given for', () => {
  expect(issuesIn(arrivals('{closed: {users: 1000000000, think: 1d}}'))).toEqual([
    expect.stringMatching(/limit traffic\.v\.arrivals makes this run hold 1000000000 users; at most 5000000 are all/),
  ]);
});

test('a bursty source that changes its state without end between two visitors', () => {
  const states = '[{rate: 0/s, lasts: {exponential: 1us}}, {rate: 1/h, lasts: 1us}]';
  expect(issuesIn(arrivals(`{bursty: {states: ${states}}}`))).toEqual([
    expect.stringMatching(
      /limit traffic\.v\.arrivals changes its state 3600000000 times in this run; at most 1000000000/,
    ),
  ]);
});

test('instances that crash as soon as they are ready', () => {
  const faults = (mtbf: string) => written({ faults: `[{crash: "*", mtbf: ${mtbf}}]` });
  expect(issuesIn(faults('0s'))).toEqual([
    expect.stringMatching(/range faults\[0\]\.mtbf is 0s: it would crash without/),
  ]);
  expect(issuesIn(faults('1us'))).toEqual([]); // How many that are is known with the platform: test/model.
});

test('a message is received a thousand times at most, as SQS allows', () => {
  expect(issuesIn(written({ queues: '{q: {maxReceives: 1000}}' })).join()).not.toMatch(/maxReceives/);
  expect(issuesIn(written({ queues: '{q: {maxReceives: 1001}}' })).join()).toMatch(/range queues\.q\.maxReceives/);
});
