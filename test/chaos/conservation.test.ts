/**
 * Random worlds with faults, releases, limits and impatience: every run asserts conservation, Little's law and the
 * utilisation law at its end, and the same seed gives the same facts.
 */
import { expect, test } from 'vitest';
import { startRun } from '../../src/engine/run.js';
import { runToEnd } from '../engine/modelBuilder.js';
import { randomModel } from './randomModel.js';

const worldCount = Number(process.env['CHAOS_WORLDS'] ?? 150);

test(`${worldCount} random worlds run to their end with every invariant intact`, () => {
  for (let seed = 0; seed < worldCount; seed++) {
    try {
      const run = startRun(randomModel(seed), { replicationIndex: 0 }, [{ sampled: () => undefined }]);
      run.advance();
      if (run.stopped) throw new Error(run.stopped.message);
    } catch (error) {
      throw new Error(`world ${seed}: ${(error as Error).stack}`);
    }
  }
});

test('the same world twice tells the same facts, in slices or in one go', () => {
  for (let seed = 0; seed < 20; seed++) {
    const once = runToEnd(randomModel(seed));
    expect(runToEnd(randomModel(seed)), `world ${seed}`).toEqual(once);
    const sliced = startRun(randomModel(seed), { replicationIndex: 0 }, []);
    while (!sliced.advance({ eventLimit: 97 }).isDone);
    expect(sliced.requestCount, `world ${seed}`).toBeGreaterThanOrEqual(once.visitors.length);
  }
});
