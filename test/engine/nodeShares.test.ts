/** CPUs of a full node: divided by request, what one leaves goes to others, nobody is held below his request. */
import { expect, test } from 'vitest';
import type { ServiceModel } from '../../src/model/contract.js';
import { tell, visitorsAt } from './handMade.js';
import { constant, cpu, model, nodePool, replicas, seconds, service } from './modelBuilder.js';

interface Tenant {
  readonly request: number;
  readonly limit: number;
  readonly jobs: number;
  readonly parts?: Partial<ServiceModel>;
}

/** One instance of each on one node of 2 vCPU; each has so many jobs of one second at second 1. Ends, in seconds. */
function endsOf(tenants: readonly Tenant[], faults: Parameters<typeof model>[0]['faults'] = []) {
  const told = tell(
    model({
      durationUs: 60 * seconds,
      traffic: tenants.map(({ jobs }, index) =>
        visitorsAt(Array(jobs).fill(seconds), { name: `t${index}`, entries: [{ service: index, operation: 0 }] }),
      ),
      services: tenants.map(({ request, limit, parts }, index) =>
        service([cpu(constant(seconds))], {
          name: `s${index}`,
          vCpu: limit,
          vCpuRequest: request,
          dispatch: replicas(1, { nodePools: [0] }),
          ...parts,
        }),
      ),
      nodePools: [nodePool({ vCpu: 2 })],
      faults,
    }),
  );
  return tenants.map((_, index) =>
    told.spans.filter((span) => span.service === index).map(({ endedUs }) => Number((endedUs / seconds).toFixed(3))),
  );
}

test('two who want all of a node share it by what they requested; who goes on alone has all of it', () => {
  // 1 : 0.5 of 2 vCPU. The first has 4/3: two jobs at 2/3 end after 1.5 s. The other did half meanwhile.
  const ends = endsOf([
    { request: 1, limit: 2, jobs: 2 },
    { request: 0.5, limit: 2, jobs: 2 },
  ]);
  expect(ends).toEqual([
    [2.5, 2.5],
    [3, 3],
  ]);
});

test('who keeps within his request is never slowed, and what he leaves goes to the others', () => {
  const ends = endsOf([
    { request: 1, limit: 1, jobs: 1 },
    { request: 0.1, limit: 2, jobs: 2 },
  ]);
  // One vCPU for two jobs of a second: half done when the first ends after 1 s; then a vCPU each.
  expect(ends).toEqual([[2], [2.5, 2.5]]);
});

test('a limit holds on an empty node, and the node is the limit where there is none', () => {
  expect(endsOf([{ request: 0.5, limit: 1, jobs: 2 }])).toEqual([[3, 3]]);
  expect(endsOf([{ request: 0.5, limit: 64, jobs: 4 }])).toEqual([[3, 3, 3, 3]]);
});

test('three: whoever wants less than his share gets it, the others divide the rest by weight', () => {
  // One job wants 1 vCPU of the 2 x 1.2/1.5 that are its share; 1 is left for 0.2 : 0.1.
  const ends = endsOf([
    { request: 1.2, limit: 2, jobs: 1 },
    { request: 0.2, limit: 2, jobs: 1 },
    { request: 0.1, limit: 2, jobs: 1 },
  ]);
  // After 1 s: 2/3 and 1/3 done. Then 1 vCPU each: 1/3 s more, and 2/3 s more.
  expect(ends).toEqual([[2], [2.333], [2.667]]);
});

test('a hanging neighbour asks for nothing, and one that died leaves all', () => {
  const neighbours: Tenant[] = [
    { request: 1, limit: 2, jobs: 2 },
    { request: 1, limit: 2, jobs: 2 },
  ];
  const hang = { kind: 'hang', name: 'hang', atUs: 1.5 * seconds, forUs: 10 * seconds, service: 0, count: 1 } as const;
  // Until 1.5 s each job has half a vCPU, then those of the second a whole one: 0.25 + 0.75.
  expect(endsOf(neighbours, [hang])[1]).toEqual([2.25, 2.25]);
  const crash = { kind: 'crash', name: 'crash', atUs: 1.5 * seconds, service: 0, count: 1 } as const;
  expect(endsOf(neighbours, [crash])).toEqual([
    [1.5, 1.5],
    [2.25, 2.25],
  ]);
});
