/**
 * The contract suite of the presets: what holds for every member of the registry, and the figures that the language's
 * table of defaults promises.
 */
import { expect, test } from 'vitest';
import { hasPrice, regionsOf } from '../../src/billing/prices/registry.js';
import { type Figure, type Preset, topics } from '../../src/platforms/contract.js';
import { findPreset, presets } from '../../src/platforms/registry.js';
import { percentiles } from '../../src/platforms/spans.js';
import { coldStarts } from '../../src/platforms/tables/coldStarts.js';
import { idleReclaim } from '../../src/platforms/tables/idleReclaim.js';
import { nodeTypes } from '../../src/platforms/tables/nodeTypes.js';
import { sources } from '../../src/platforms/tables/sources.js';
import { samplerFault } from '../../src/random/registry.js';

const ofLanguage =
  'fixed faas local data-center kubernetes eks gke aks knative fargate app-engine-standard app-engine-flexible ' +
  'cloud-run ' +
  'cloud-run-instances cloud-functions lambda azure-functions azure-functions-flex azure-functions-premium';

function isFigure(value: object): value is Figure<unknown> {
  return 'value' in value && 'source' in value && 'status' in value;
}

/** Every figure within a preset, however deep. */
function figuresOf(value: unknown): Figure<unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isFigure(value)) return [value];
  return Object.values(value).flatMap(figuresOf);
}

const preset = (name: string): Preset => findPreset(name)!;

test('every preset of the language is there, and no other', () => {
  const known = presets.map(({ name }) => name);
  expect(known.sort()).toEqual(ofLanguage.split(' ').sort());
});

test.each(presets.map((each) => [each.name, each] as const))(
  '%s: every figure names a source that is listed',
  (_, each) => {
    const figures = figuresOf(each);
    expect(figures.length).toBeGreaterThan(5);
    for (const { source } of figures) expect(Object.hasOwn(sources, source), source).toBe(true);
    for (const { source } of each.charges) expect(Object.hasOwn(sources, source), source).toBe(true);
  },
);

test.each(presets.map((each) => [each.name, each] as const))('%s: its distributions can be drawn from', (_, each) => {
  expect(samplerFault(each.start.placement.value)).toBeUndefined();
  expect(samplerFault(each.start.runtime.value)).toBeUndefined();
  if (each.nodes) expect(samplerFault(each.nodes.boot.value)).toBeUndefined();
});

test.each(presets.map((each) => [each.name, each] as const))('%s: every topic is either yours or theirs', (_, each) => {
  expect([...each.yours, ...each.theirs].sort()).toEqual([...topics].sort());
});

test.each(presets.map((each) => [each.name, each] as const))(
  '%s: what it charges has a price, in a region of its own',
  (_, each) => {
    if (each.region !== null) expect(regionsOf(each.provider)).toContain(each.region);
    if (each.name === 'fixed' || each.name === 'faas') return;
    const { value } = each.sizes;
    for (const { sku, skuEndsInSize } of each.charges) {
      const ids = skuEndsInSize && value.kind === 'list' ? value.sizes.map(({ name }) => sku + name) : [sku];
      for (const id of ids) expect(hasPrice(id), id).toBe(true);
    }
  },
);

test('every node type that can be named has a price', () => {
  for (const { id } of nodeTypes) expect(hasPrice(id), id).toBe(true);
});

test('rows of cold starts rise, and every table a preset names has rows', () => {
  for (const row of coldStarts)
    expect(samplerFault(percentiles(row.percentilesMs)), `${row.table} ${row.language}`).toBeUndefined();
  for (const { start } of presets)
    if (start.table)
      expect(
        coldStarts.some(({ table }) => table === start.table),
        start.table,
      ).toBe(true);
});

test('measured idle curves rise to all gone', () => {
  for (const { value } of Object.values(idleReclaim)) {
    expect(
      samplerFault({ kind: 'quantiles', points: value.map(([percent, ms]) => [percent / 100, ms]) }),
    ).toBeUndefined();
    expect(value.at(-1)?.[0]).toBe(100);
  }
});

test('idle timeouts are those of the table of defaults', () => {
  const minutes = Object.fromEntries(
    presets.flatMap(({ name, dispatch }) =>
      dispatch.kind === 'environments' ? [[name, dispatch.idleTimeoutMs.value / 60_000]] : [],
    ),
  );
  expect(minutes).toEqual({
    faas: 10,
    'app-engine-standard': 15,
    'cloud-run': 15,
    'cloud-run-instances': 15,
    'cloud-functions': 15,
    lambda: 6,
    'azure-functions': 20,
    'azure-functions-flex': 10,
  });
});

test('kube-proxy picks at random, everyone else in turn', () => {
  for (const { name, dispatch } of presets)
    if (dispatch.kind === 'balanced')
      expect(dispatch.balancer, name).toBe(
        ['kubernetes', 'eks', 'gke', 'aks', 'knative'].includes(name) ? 'random' : 'round-robin',
      );
});

test('callers learn at once on bare platforms and where requests start instances, else after a second', () => {
  for (const { name, dispatch, discoveryDelayMs } of presets) {
    const isAtOnce = ['fixed', 'faas', 'local'].includes(name) || dispatch.kind === 'environments';
    expect(discoveryDelayMs.value, name).toBe(isAtOnce ? 0 : 1000);
  }
});

test('what a full platform does with a request is as the language says', () => {
  const waits = Object.fromEntries(
    presets.flatMap(({ name, dispatch }) =>
      dispatch.kind === 'environments' ? [[name, dispatch.overflowWaitMs.value]] : [],
    ),
  );
  expect(waits).toMatchObject({ lambda: 0, 'cloud-functions': 0, 'cloud-run': 10_000 });
  for (const name of ['app-engine-standard', 'azure-functions', 'faas']) expect(waits[name], name).toBe(Infinity);
});

test('claims are those of the course notes: App Engine and Fargate 1, functions 2, elsewhere none', () => {
  const claims = Object.fromEntries(
    presets.flatMap(({ name, claimedLevel }) => (claimedLevel === null ? [] : [[name, claimedLevel]])),
  );
  expect(claims).toEqual({
    'app-engine-standard': 1,
    'app-engine-flexible': 1,
    fargate: 1,
    lambda: 2,
    'cloud-functions': 2,
    'azure-functions': 2,
  });
});

test('a Fargate task of a 413 MB image starts within the 53 to 62 s measured (source F5)', () => {
  const { placement, imageMbPerSecond } = preset('fargate').start;
  const pullS = 413 / imageMbPerSecond.value;
  const spec = placement.value;
  if (spec.kind !== 'quantiles') throw new Error('percentiles were expected');
  const secondsAt = spec.points.map(([share, us]) => [share, us / 1e6 + pullS] as const);
  expect(secondsAt).toEqual(
    [
      [0, 53],
      [0.5, 56],
      [0.9, 61.1],
      [0.99, 61.9],
      [1, 62],
    ].map(([share, seconds]) => [share, expect.closeTo(seconds!, 9)]),
  );
});
