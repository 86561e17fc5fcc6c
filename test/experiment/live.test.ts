/**
 * A run that is watched is the run: looked at often or never, paused or not, it ends with the bill of the first
 * replication, which is written by other code from the same meters.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { writeInvoice } from '../../src/billing/invoice.js';
import { type JobResult, runJob } from '../../src/experiment/jobs.js';
import {
  instanceFields,
  instanceRowLength,
  LiveRun,
  queueFields,
  sampleLength,
  samplesPerRun,
  serviceFields,
  serviceRowLength,
} from '../../src/experiment/live.js';
import { prepareWritten } from '../../src/experiment/written.js';

const file = 'scenarios/movie-booking/compare.yaml';
const text = readFileSync(file, 'utf8');
const short = [
  { path: 'run.warmup', value: '2m' },
  { path: 'run.duration', value: '6m' },
  { path: 'faults', value: '[{at: 4m, crash: movie, instances: 1}]' },
  { path: 'releases', value: '[{at: 5m, service: fare, version: v2}]' },
];

function prepared(platforms: readonly string[]) {
  const checked = prepareWritten({ text, file, overrides: short }, platforms);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
}

test('the bill ticks exactly: whenever it is looked at, it ends as the first replication is billed', () => {
  const names = ['kubernetes', 'app-engine', 'fargate', 'cloud-functions', 'lambda', 'azure-functions', 'data-center'];
  const { compiled, extent } = prepared(names);
  const live = new LiveRun(compiled, extent.platforms);
  let before = names.map(() => 0);
  for (let atUs = 23_777_777; !live.isDone; atUs += 23_777_777) {
    while (!live.advance(atUs, 1000));
    const bills = live.frame().platforms.map(({ billUsd }) => Number(billUsd));
    bills.forEach((bill, place) => {
      expect(bill, `${names[place]} at ${atUs}`).toBeGreaterThanOrEqual(before[place]! * 0.999999);
    });
    if (atUs < 2 * 60e6) expect(bills).toEqual(names.map(() => 0));
    before = bills;
  }
  const last = live.frame();
  names.forEach((name, place) => {
    const job = {
      kind: 'replication',
      platform: extent.platforms[place]!,
      replication: 0,
      withTimeline: false,
    } as const;
    const { result } = runJob(compiled, job) as Extract<JobResult, { kind: 'replication' }>;
    const { billing } = compiled.platforms[job.platform]!;
    const month = { monthH: '730', representsH: '730', restShare: '0' };
    const invoice = writeInvoice({ ...billing, month }, [result.measured!.metered.usage], null);
    expect(last.platforms[place]!.billUsd, name).toBe(invoice.total.runUsd);
  });
});

test('a call ticks while it is in flight, and is billed once', () => {
  // One visitor at 100 s, a gigabyte for a minute at $0.0000166667 a GB-second, and $0.0000002 for the request.
  const slow = `
run: {duration: 200s, replications: 1}
traffic: {all: {entry: report.make, arrivals: {constant: 0.01/s}}}
services: {report: {operations: {make: [{wait: 60s}]}}}
platforms: {lambda: {preset: lambda, defaults: {memory: 1024MB, coldStart: 0s}}}
`;
  const checked = prepareWritten({ text: slow, file: 'slow.yaml', overrides: [] }, ['lambda']);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  const live = new LiveRun(checked.value.compiled, checked.value.extent.platforms);
  const billAt = (seconds: number): number => {
    live.advance(seconds * 1e6, 1000);
    return Number(live.frame().platforms[0]?.billUsd);
  };
  expect(billAt(99)).toBe(0);
  for (const seconds of [110, 130, 130.5, 159])
    expect(billAt(seconds)).toBeCloseTo(0.0000002 + (seconds - 100) * 0.0000166667, 9);
  // 4 kB leave with the answer, at $0.09 a GB.
  for (const seconds of [161, 199]) expect(billAt(seconds)).toBeCloseTo(0.0000002 + 60 * 0.0000166667 + 4e-6 * 0.09, 9);
});

test('looking changes nothing: as many events, the same samples, seen often or never', () => {
  const seen = new LiveRun(prepared(['lambda']).compiled, prepared(['lambda']).extent.platforms);
  const unseen = new LiveRun(prepared(['lambda']).compiled, prepared(['lambda']).extent.platforms);
  const samples: number[] = [];
  for (let atUs = 1e6; !seen.isDone; atUs += 1e6) {
    while (!seen.advance(atUs, 500));
    samples.push(...seen.frame().platforms[0]!.samples);
  }
  while (!unseen.advance(1e12, 1e9));
  const whole = Array.from(unseen.frame().platforms[0]!.samples);
  expect(seen.eventCount).toBe(unseen.eventCount);
  expect(samples).toEqual(whole);
  expect(samples.length).toBe(samplesPerRun * sampleLength);
});

test('a frame lists who is in which instance, and adds up to what the instance holds', () => {
  const live = new LiveRun(prepared(['kubernetes']).compiled, prepared(['kubernetes']).extent.platforms);
  const sourceCount = live.stage.sources.length;
  let heldCount = 0;
  for (let atUs = 1e6; atUs < 120e6; atUs += 1e6) {
    while (!live.advance(atUs, 1e6));
    const { instances, holds, waits } = live.frame().platforms[0]!;
    for (let place = 0; place * instanceRowLength < instances.length; place++) {
      const own = place * sourceCount;
      const sum = (counts: Uint16Array): number => counts.slice(own, own + sourceCount).reduce((a, b) => a + b, 0);
      expect(sum(holds)).toBe(instances[place * instanceRowLength + instanceFields.inService]);
      expect(sum(waits)).toBe(instances[place * instanceRowLength + instanceFields.queued]);
      heldCount += sum(holds);
    }
  }
  expect(heldCount).toBeGreaterThan(10);
});

test('the stage names things in the order in which frames count them, whatever the order of the file', () => {
  const unsorted = `run: {warmup: 0s, duration: 10s, replications: 1}
traffic:
  often: {entry: zoo.work, arrivals: {constant: 10/s}}
  never: {entry: ant.work, arrivals: {poisson: 1/day}}
services:
  zoo: {title: Zoo, operations: {work: [{cpu: 1ms}, {send: {to: bee.work, via: post}}]}}
  ant: {title: Ant, operations: {work: [{cpu: 1ms}]}}
  bee: {title: Bee, concurrency: 1, operations: {work: [{wait: 2s}]}}
queues: {post: {}}
platforms: {bench: {preset: fixed, services: {zoo: {replicas: 3}, ant: {replicas: 1}, bee: {replicas: 2}}}}
`;
  const checked = prepareWritten({ text: unsorted, file: 'unsorted.yaml' }, []);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  const live = new LiveRun(checked.value.compiled, [0]);
  while (!live.advance(5e6, 1e6));
  const { services, sources, queues, serviceOrder } = live.stage;
  expect(serviceOrder.map((service) => services[service]?.title)).toEqual(['Zoo', 'Ant', 'Bee']);
  const [frame] = live.frame().platforms;
  const liveOf = (title: string): number | undefined =>
    frame?.services[services.findIndex((service) => service.title === title) * serviceRowLength + serviceFields.live];
  expect(['Zoo', 'Ant', 'Bee'].map(liveOf)).toEqual([3, 1, 2]);
  const often = sources.findIndex(({ name }) => name === 'often');
  const zoo = services.findIndex(({ title }) => title === 'Zoo');
  expect(frame?.moves[often * services.length + zoo]).toBeGreaterThan(40);
  // Ten messages a second for two workers of two seconds each: nine in ten are left behind.
  expect(queues).toEqual([{ name: 'post', services: [services.findIndex(({ title }) => title === 'Bee')] }]);
  expect(frame?.queues[queueFields.waiting]).toBeGreaterThan(40);
});
