/**
 * `faults` and `releases`: what goes wrong, and what changes.
 *
 * Its own file because both are events at a moment of the run that may be limited to some platforms.
 */

import { choice } from './choice.js';
import type { FaultSpec, ReleaseSpec } from './contract.js';
import { distribution, meanUs } from './distributions.js';
import {
  aDatabase,
  aPlatform,
  aService,
  factor,
  momentUs,
  nameOf,
  positiveUs,
  real,
  share,
  whole,
  words,
} from './fields.js';
import { defined, type Form, list, mapping } from './form.js';
import { refuse } from './refuse.js';

/** Platforms that something is limited to. */
export const on = list(nameOf(aPlatform), 1);
const someService = nameOf(aService, '*');
const database = nameOf(aDatabase);
const slowdown = real({ min: 1 });
const head = { at: momentUs, on: on.exactOptional() };
const spell = { ...head, for: positiveUs.exactOptional() };
const toTheEnd = Number.POSITIVE_INFINITY;

const crash = mapping({
  crash: someService,
  at: momentUs.exactOptional(),
  instances: whole(1).exactOptional(),
  mtbf: distribution.exactOptional(),
  on: on.exactOptional(),
}).transform(({ crash: service, at, instances, mtbf, on: some = null }, context): FaultSpec => {
  if (at !== undefined && mtbf !== undefined)
    return refuse(context, { rule: 'conflict', message: 'and at exclude each other', path: ['mtbf'], part: 'key' });
  if (mtbf !== undefined && instances !== undefined) {
    const message = 'has no meaning with mtbf: each instance has its own clock';
    return refuse(context, { rule: 'conflict', message, path: ['instances'], part: 'key' });
  }
  if (mtbf !== undefined && !(meanUs(mtbf) > 0)) {
    const hint = 'write a duration above 0s, or leave the fault out';
    return refuse(context, { rule: 'range', message: 'is 0s: it would crash without end', path: ['mtbf'], hint });
  }
  if (mtbf !== undefined) return { kind: 'crash-at-random', service, mtbf, on: some };
  if (at !== undefined) return { kind: 'crash', atUs: at, service, instances: instances ?? 1, on: some };
  return refuse(context, { rule: 'missing', message: 'has neither at nor mtbf', hint: 'write at: 20m', part: 'key' });
});

const fault: Form<FaultSpec> = choice({
  noun: 'a fault',
  maps: {
    crash,
    hang: mapping({ ...spell, hang: someService, instances: whole(1).exactOptional() }).transform(
      (value): FaultSpec => ({ ...spellOf(value), kind: 'hang', service: value.hang, instances: value.instances ?? 1 }),
    ),
    slow: mapping({ ...spell, slow: someService, factor: slowdown, instances: whole(1).exactOptional() }).transform(
      (value): FaultSpec => ({
        ...spellOf(value),
        kind: 'slow',
        service: value.slow,
        factor: value.factor,
        ...defined({ instances: value.instances }),
      }),
    ),
    error: mapping({ ...spell, error: someService, chance: share.exactOptional() }).transform(
      (value): FaultSpec => ({ ...spellOf(value), kind: 'error', service: value.error, chance: value.chance ?? 1 }),
    ),
    loseNode: mapping({ ...head, loseNode: whole(1) }).transform(
      ({ at, loseNode, on: some = null }): FaultSpec => ({ kind: 'lose-node', atUs: at, count: loseNode, on: some }),
    ),
    drainNode: mapping({ ...spell, drainNode: whole(1) }).transform(
      (value): FaultSpec => ({ ...spellOf(value), kind: 'drain-node', count: value.drainNode }),
    ),
    loseZone: mapping({ ...spell, loseZone: whole(1) }).transform(
      (value): FaultSpec => ({ ...spellOf(value), kind: 'lose-zone', count: value.loseZone }),
    ),
    slowDatabase: mapping({ ...spell, slowDatabase: database, factor: slowdown }).transform(
      (value): FaultSpec => ({
        ...spellOf(value),
        kind: 'slow-database',
        database: value.slowDatabase,
        factor: value.factor,
      }),
    ),
    loseDatabase: mapping({ ...spell, loseDatabase: database }).transform(
      (value): FaultSpec => ({ ...spellOf(value), kind: 'lose-database', database: value.loseDatabase }),
    ),
  },
});

function spellOf(value: { at: number; for?: number; on?: string[] }) {
  return { atUs: value.at, forUs: value.for ?? toTheEnd, on: value.on ?? null };
}

export const faults: Form<FaultSpec[]> = list(fault);

export const releases: Form<ReleaseSpec[]> = list(
  mapping({
    at: momentUs,
    service: nameOf(aService),
    version: words.exactOptional(),
    cpu: factor.exactOptional(),
    fail: share.exactOptional(),
    startup: distribution.exactOptional(),
    memory: factor.exactOptional(),
    on: on.exactOptional(),
  }).transform(
    ({ at, service, version = 'v2', cpu = 1, fail = 0, startup, memory = 1, on: some = null }): ReleaseSpec => ({
      on: some,
      atUs: at,
      service,
      version,
      cpuFactor: cpu,
      memoryFactor: memory,
      failChance: fail,
      ...defined({ startup }),
    }),
  ),
);
