/**
 * Oracles of samplers: the law of a case written as a step of a scenario, and drawn from as the engine draws. Moments and
 * quantiles by the rule of the case; and all of the law at once, by Kolmogorov and Smirnov.
 */
import type { Sampler } from '../../../src/random/contract.js';
import { openStream } from '../../../src/random/streams.js';
import type { Experiment } from './judge.js';
import { metricsOf } from './judge.js';
import type { Answer } from './metrics.js';
import type { Oracle } from './oracle.js';
import { prepare } from './simulate.js';

/** Null when the oracle asks for a run. */
export function sampled(oracle: Oracle): Experiment | null {
  if (!/\bdraw \d/i.test(oracle.words)) return null;
  return (seed, drawCount) => {
    const sampler = samplerOf(oracle, seed);
    return Array.from({ length: oracle.replicationCount }, (_, replication) => {
      const draws = openStream(seed, replication);
      const samples = Float64Array.from({ length: drawCount }, () => sampler.sample(draws)).sort();
      if (replication === 0) checkWhole(sampler, samples);
      return new Map(metricsOf(oracle).map((name) => [name, answerTo(name, sampler, samples)] as const));
    });
  };
}

function samplerOf(oracle: Oracle, seed: string): Sampler {
  const step = prepare(oracle, seed, 1).model.services[0]?.operations[0]?.steps[0];
  if (step?.kind !== 'wait') throw new Error('malformed: parameters name no law');
  return step.time;
}

const usPerS = 1e6;

/** @param samples sorted, microseconds */
function answerTo(name: string, sampler: Sampler, samples: Float64Array): Answer {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  if (name === 'mean') return mean / usPerS;
  if (name === 'cv') {
    const squares = samples.reduce((sum, sample) => sum + (sample - mean) ** 2, 0);
    return Math.sqrt(squares / (samples.length - 1)) / mean;
  }
  const digits = /^p(\d+)$/.exec(name)?.[1];
  if (digits !== undefined) return samples[Math.ceil(Number(`0.${digits}`) * samples.length) - 1]! / usPerS;
  const [, phase, what] = /^phase(\d+)_(chance|mean)$/.exec(name) ?? [];
  const found = sampler.phases?.[Number(phase) - 1];
  if (!found) throw new Error(`malformed: no metric ${name}`);
  return what === 'chance' ? found.chance : found.mean / usPerS;
}

/** At chance 0.001 of a right law failing: the largest distance between the law and the samples. */
function checkWhole(sampler: Sampler, samples: Float64Array): void {
  const allowed = 1.949 / Math.sqrt(samples.length);
  const steps = 1000;
  let below = 0;
  for (let step = 1; step < steps; step++) {
    const value = sampler.quantile(step / steps);
    while (below < samples.length && samples[below]! <= value) below++;
    const distance = Math.abs(below / samples.length - step / steps);
    if (distance > allowed) throw new Error(`Kolmogorov-Smirnov: ${distance} at ${value}, at most ${allowed}`);
  }
}
