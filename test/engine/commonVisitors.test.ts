/**
 * Common visitors: what a visitor brings is a pure function of seed, replication, source, number, step and attempt. On a
 * bare function platform nobody waits for anybody, so a visitor's latency is what he brought, and nothing else: whole
 * scenarios are compared visitor by visitor.
 */
import { expect, test } from 'vitest';
import { startRun } from '../../src/engine/run.js';
import { compileModel } from '../../src/model/compile.js';
import { noFiles } from '../../src/scenario/files.js';
import { parseScenario } from '../../src/scenario/parse.js';

interface World {
  readonly sources?: string;
  readonly services?: string;
  readonly platforms?: string;
  readonly replication?: number;
  readonly platform?: string;
}

/** Every visitor of the run by source and number: when he came, and how long he took. */
function visitorsOf({ sources = '', services = '', platforms = '', replication = 0, platform = 'bare' }: World) {
  const text = `
run: {duration: 60s, replications: 1}
traffic:
  browse: {entry: movie.list, arrivals: {poisson: 20/s}}
  book: {entry: booking.create, arrivals: {poisson: 5/s}}
${sources}
services:
  movie: {operations: {list: [{cpu: {exponential: 5ms}}], get: [{cpu: {lognormal: {mean: 3ms, cv: 1}}}]}}
  booking:
    operations:
      create:
        - parallel: [{call: movie.get}, {call: fare.quote}]
        - choose: [{chance: 40%, do: [{call: fare.quote}]}]
        - repeat: {times: {geometric: 2}, do: [{wait: {uniform: [1ms, 9ms]}}]}
  fare: {operations: {quote: [{cpu: {gamma: {mean: 4ms, cv: 0.5}}}]}}
${services}
platforms:
  bare: {preset: faas}
${platforms}
`;
  const parsed = parseScenario(text, 'common.yaml', noFiles);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const compiled = compileModel(parsed.value);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
  const { model } = compiled.value.platforms.find(({ name }) => name === platform)!;
  const seen = new Map<string, string>();
  const run = startRun(model, { replicationIndex: replication }, [
    {
      visitorEnded: ({ source, visitorNumber, beganUs, endedUs }) => {
        seen.set(`${model.traffic[source]!.name} ${visitorNumber}`, `${beganUs} +${endedUs - beganUs}`);
      },
    },
  ]);
  run.advance();
  return seen;
}

const alone = visitorsOf({});

/** Every visitor of the plain world is in the other one, with the same arrival and the same needs. */
function expectSameVisitors(other: ReadonlyMap<string, string>): void {
  expect(alone.size).toBeGreaterThan(1200);
  for (const [who, what] of alone) expect(other.get(who), who).toBe(what);
}

test('a service more, first by name and called by a source of its own, changes nobody else’s arrival or needs', () => {
  expectSameVisitors(
    visitorsOf({
      services: '  aaa: {operations: {run: [{cpu: {exponential: 2ms}}, {call: movie.get}]}}',
      sources: '  newcomers: {entry: aaa.run, arrivals: {poisson: 30/s}}',
    }),
  );
});

test('a platform more changes nobody’s arrival or needs, and every platform meets the same visitors', () => {
  const platforms = '  another: {preset: faas, defaults: {pick: random, coldStart: 0ms}}';
  expectSameVisitors(visitorsOf({ platforms }));
  expectSameVisitors(visitorsOf({ platforms, platform: 'another' }));
});

test('another balancer changes nobody’s arrival', () => {
  const arrivals = (world: World): string[] =>
    [...visitorsOf(world)].map(([who, what]) => `${who} ${what.split(' ')[0]}`).sort();
  const fleet = (balancer: string): string =>
    `  fleet: {preset: fixed, defaults: {replicas: 4, balancer: ${balancer}}}`;
  const first = arrivals({ platforms: fleet('random'), platform: 'fleet' });
  expect(arrivals({ platforms: fleet('power-of-two'), platform: 'fleet' })).toEqual(first);
  expect(first).toEqual(arrivals({}));
});

test('another replication is another crowd', () => {
  const other = visitorsOf({ replication: 1 });
  const same = [...alone].filter(([who, what]) => other.get(who) === what);
  expect(same.length).toBeLessThan(3);
});
