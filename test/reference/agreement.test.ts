/**
 * The engine against its reference: on random small worlds both must tell the same, event for event.
 *
 * The reference (beside this file) executes the same model by the words of its contract, written for reading: plain
 * objects and closures, one sorted list of appointments, every job of a shared CPU advanced at every change. It shares
 * with the product what is drawn and decided (random numbers and their places, arrivals, balancers, restart rules,
 * rollouts) and nothing of how things are done.
 *
 * Left out of its worlds: nodes and scalers of every kind, App Engine's pending queue, environments that only a scaler
 * starts, traces, and what only weighs a run (CPU used, areas, invoices).
 */
import { expect, test } from 'vitest';
import { startRun } from '../../src/engine/run.js';
import type { Model } from '../../src/model/contract.js';
import type { Observer } from '../../src/observation/contract.js';
import type { Facts } from './facts.js';
import { smallWorld } from './smallWorld.js';
import { runReference } from './world.js';

const worldCount = Number(process.env['REFERENCE_WORLDS'] ?? 60);
/** Worlds beyond those that once told something in another order. */
const onceApart = [
  373, // A crash under spans that were called at one instant and took their slots at one instant.
  1094, // Instances that were emptied at one instant.
];

function runEngine(model: Model): Facts {
  const facts: Facts = { visitors: [], spans: [], queries: [], phases: [] };
  const observer: Observer = {
    visitorEnded: ({ slot: _, ...fact }) => void facts.visitors.push(fact),
    spanEnded: (fact) => void facts.spans.push({ ...fact }),
    queryEnded: (fact) => void facts.queries.push({ ...fact }),
    instanceChanged: ({ node: _, ...fact }) => void facts.phases.push(fact),
  };
  const run = startRun(model, { replicationIndex: 0 }, [observer]);
  run.advance();
  if (run.stopped) throw new Error(run.stopped.message);
  return facts;
}

/** One line a fact. */
function linesOf({ visitors, spans, queries, phases }: Facts): string[] {
  return [
    ...visitors.map((fact) => [fact.endedUs, 'visitor', ...entriesOf(fact)]),
    ...spans.map((fact) => [fact.endedUs, 'span', ...entriesOf(fact)]),
    ...queries.map((fact) => [fact.endedUs, 'query', ...entriesOf(fact)]),
    ...phases.map((fact) => [fact.nowUs, 'instance', ...entriesOf(fact)]),
  ]
    .sort((one, other) => Number(one[0]) - Number(other[0]))
    .map((line) => line.join(' '));
}

function entriesOf(fact: object): string[] {
  return Object.entries(fact)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`);
}

test(`${worldCount} random small worlds: the same ends, at the same microsecond, in the same order`, () => {
  const seeds = [...Array(worldCount).keys(), ...onceApart.filter((seed) => seed >= worldCount)];
  for (const seed of seeds) {
    const model = smallWorld(seed);
    const expected = linesOf(runReference(model));
    const told = linesOf(runEngine(model));
    const differs = told.findIndex((line, position) => line !== expected[position]);
    const where = differs < 0 ? Math.min(told.length, expected.length) : differs;
    expect(told.slice(where, where + 3), `world ${seed}, fact ${where}`).toEqual(expected.slice(where, where + 3));
  }
});
