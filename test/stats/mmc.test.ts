/** M/M/c against M/M/1's own closed forms, Little's law and a known case of eight servers. */
import { expect, test } from 'vitest';
import { mmc, mmcResponseBeyond, mmcWaitBeyond } from '../../src/stats/mmc.js';

test('one server: response 1/(mu - lambda), rho/(1 - rho) inside, exponential response (M/M/1)', () => {
  const input = { arrivalRate: 0.8, meanService: 1, serverCount: 1 };
  const queue = mmc(input);
  expect(queue.meanResponse).toBeCloseTo(5, 12);
  expect(queue.meanInSystem).toBeCloseTo(4, 12);
  expect(queue.meanQueue).toBeCloseTo(3.2, 12);
  for (const time of [0, 1, 7]) expect(mmcResponseBeyond(input, time)).toBeCloseTo(Math.exp(-0.2 * time), 12);
});

test('eight servers, 6.4 arrivals a second of one second each: mean response 1.286028 s', () => {
  const queue = mmc({ arrivalRate: 6.4, meanService: 1, serverCount: 8 });
  expect(queue.meanResponse).toBeCloseTo(1.286028, 6);
  expect(queue.utilisation).toBeCloseTo(0.8, 12);
  expect(queue.meanInSystem).toBeCloseTo(6.4 * queue.meanResponse, 12);
});

test('the mean of a non-negative time is the integral of its tail', () => {
  // At three servers and two erlangs the wait's rate equals the service's: the formula's limit.
  for (const serverCount of [3, 4]) {
    const input = { arrivalRate: 4, meanService: 0.5, serverCount };
    const step = 0.001;
    let [wait, response] = [0, 0];
    for (let time = step / 2; time < 30; time += step) {
      wait += mmcWaitBeyond(input, time) * step;
      response += mmcResponseBeyond(input, time) * step;
    }
    expect(wait).toBeCloseTo(mmc(input).meanWait, 5);
    expect(response).toBeCloseTo(mmc(input).meanResponse, 5);
  }
});

test('with as much load as servers everyone waits without end', () => {
  const input = { arrivalRate: 2, meanService: 1, serverCount: 2 };
  expect(mmc(input)).toMatchObject({ utilisation: 1, waitChance: 1, meanWait: Infinity, meanInSystem: Infinity });
  expect(mmcWaitBeyond(input, 1e6)).toBe(1);
  expect(mmcResponseBeyond(input, 1e6)).toBe(1);
});
