/** Releases and faults, from hand-made facts. */
import { expect, test } from 'vitest';
import { type InstancePhase, type Outcome, outcomes } from '../../src/observation/contract.js';
import { Incidents } from '../../src/observation/incidents.js';

/** A stage on which one service's story is told: who does what when. */
function stage(...plans: ConstructorParameters<typeof Incidents>[0]) {
  const incidents = new Incidents(plans);
  return {
    facts: () => incidents.facts(),
    ends: (nowUs: number) => incidents.runEnded(nowUs),
    note: (nowUs: number, kind: string, instance = -1) =>
      incidents.noted({ nowUs, kind, service: 0, instance, detail: '' }),
    is: (nowUs: number, instance: number, phase: InstancePhase, version = 0) =>
      incidents.instanceChanged({ nowUs, instance, phase, version, service: 0, node: -1, isProvisioned: false }),
    span: (beganUs: number, endedUs: number, instance: number, outcome: Outcome = outcomes.failed) =>
      incidents.spanEnded({
        beganUs,
        endedUs,
        instance,
        outcome,
        service: 0,
        waitUs: 0,
        coldKind: 0,
        isMeasured: true,
      }),
  };
}

test('a crash: detected when somebody sees it, recovered when as many are ready as before', () => {
  const { is, note, span, ends, facts } = stage({ kind: 'crash', name: 'crash', services: [0], atUs: 100 });
  is(0, 0, 'ready');
  is(0, 1, 'ready');
  span(50, 60, 0); // An error of its own, before the fault.
  note(100, 'fault');
  is(100, 0, 'crashed');
  note(110, 'crash', 0);
  span(90, 101, 0);
  span(90, 101, 1); // On the other instance: not lost to the crash.
  is(110, 0, 'starting');
  is(150, 0, 'ready');
  span(160, 170, 0); // On the restarted one: its own error.
  ends(1000);
  expect(facts()).toEqual([
    {
      hasBegun: true,
      detectedBy: 'its supervisor, which saw the process end',
      isAborted: false,
      lastedUs: null,
      detectedUs: 10,
      recoveredUs: 50,
      lostCount: 1,
      capacityMin: 0.5,
    },
  ]);
});

test('a crash that finds nobody takes nobody away: who was refused before and after is not lost to it', () => {
  const { note, span, ends, facts } = stage({ kind: 'crash', name: 'crash', services: [0], atUs: 100 });
  span(50, 50, -1, outcomes.rejected);
  note(100, 'fault');
  span(120, 120, -1, outcomes.rejected);
  ends(1000);
  expect(facts()).toMatchObject([{ hasBegun: true, lostCount: 0, capacityMin: null }]);
});

test('a rolling release: its length, its lowest capacity, and what old instances took with them', () => {
  const { is, note, span, ends, facts } = stage({ kind: 'release', name: 'v2', services: [0], atUs: 100 });
  for (const instance of [0, 1, 2, 3]) is(0, instance, 'ready');
  note(100, 'release-begins');
  is(100, 0, 'draining');
  is(130, 4, 'ready', 1);
  is(130, 1, 'draining');
  span(120, 140, 1);
  span(120, 140, 1, outcomes.rejected);
  is(140, 1, 'gone');
  span(150, 160, 4); // The new version's own error.
  note(190, 'release-done');
  ends(1000);
  expect(facts()[0]).toMatchObject({ lastedUs: 90, lostCount: 2, capacityMin: 0.75, detectedUs: null });
});

test('a release in which one leaves and one comes at the same instant never had less capacity', () => {
  const { is, note, ends, facts } = stage({ kind: 'release', name: 'v2', services: [0], atUs: 100 });
  is(0, 0, 'ready');
  note(100, 'release-begins');
  is(120, 0, 'draining');
  is(120, 1, 'ready', 1);
  note(130, 'release-done');
  ends(1000);
  expect(facts()[0]).toMatchObject({ capacityMin: 1, lostCount: 0 });
});

test('who finds nobody while everything is down is lost to it; a release that never ends has no length', () => {
  const { is, note, span, ends, facts } = stage({ kind: 'release', name: 'v2', services: [0], atUs: 100 });
  is(0, 0, 'ready');
  note(100, 'release-begins');
  is(100, 0, 'gone');
  span(110, 110, -1, outcomes.rejected);
  ends(200);
  expect(facts()[0]).toMatchObject({ lastedUs: null, lostCount: 1, capacityMin: 0 });
});

test('what fails while an error fault lasts is lost to it, and it is over when the scenario says so', () => {
  const { note, span, facts } = stage({ kind: 'error', name: 'errors', services: [0], atUs: 100 });
  note(100, 'fault');
  span(110, 120, 0);
  note(200, 'fault-over');
  span(210, 220, 0);
  expect(facts()[0]).toMatchObject({ recoveredUs: 100, lostCount: 1 });
});

test('crashes at random are lost to the fault that draws them, each by its own clock', () => {
  const { is, span, facts } = stage({ kind: 'crash-at-random', name: 'crashes', services: [0], atUs: 0 });
  is(0, 0, 'ready');
  for (const crashedUs of [100, 500]) {
    is(crashedUs, 0, 'crashed');
    span(crashedUs - 5, crashedUs + 1, 0);
    is(crashedUs + 50, 0, 'ready');
  }
  expect(facts()[0]).toMatchObject({ lostCount: 2 });
});

test('an incident planned after the end never begins', () => {
  const { ends, facts } = stage({ kind: 'crash', name: 'late', services: [0], atUs: 5000 });
  ends(1000);
  expect(facts()[0]).toMatchObject({ hasBegun: false, lostCount: 0 });
});

test('who ejects an outlier notices it; what hangs and is left alone is over when it goes on', () => {
  const hang = { kind: 'hang', name: 'hang', services: [0], atUs: 100 } as const;
  const ejected = stage(hang);
  for (const instance of [0, 1]) ejected.is(0, instance, 'ready');
  ejected.note(100, 'fault');
  ejected.note(100, 'hung', 0);
  ejected.note(130, 'ejected', 0);
  ejected.note(200, 'fault-over');
  ejected.ends(1000);
  expect(ejected.facts()[0]).toMatchObject({
    detectedUs: 30,
    detectedBy: 'outlier detection, which ejected it',
    recoveredUs: 100,
  });
  // Ejected first, restarted by its liveness probe later: recovered when it is ready again.
  const both = stage(hang);
  for (const instance of [0, 1]) both.is(0, instance, 'ready');
  both.note(100, 'fault');
  both.note(100, 'hung', 0);
  both.note(130, 'ejected', 0);
  both.note(150, 'unready', 0);
  both.is(170, 0, 'ready');
  both.ends(1000);
  expect(both.facts()[0]).toMatchObject({ detectedUs: 30, recoveredUs: 70 });
});

test('an ejection at the moment of a crash is the crash itself, and its supervisor is who noticed', () => {
  const { is, note, ends, facts } = stage({ kind: 'crash', name: 'crash', services: [0], atUs: 100 });
  for (const instance of [0, 1]) is(0, instance, 'ready');
  note(100, 'fault');
  is(100, 0, 'crashed');
  note(100, 'ejected', 0);
  note(100, 'crash', 0);
  ends(1000);
  expect(facts()[0]?.detectedBy).toBe('its supervisor, which saw the process end');
});

test('a breaker is of the caller, and tells of the service it called', () => {
  const slow = { kind: 'slow', name: 'slow', services: [1], atUs: 100 } as const;
  const incidents = new Incidents([slow], ['caller', 'called']);
  const note = (nowUs: number, kind: string, service: number, detail = ''): void =>
    incidents.noted({ nowUs, kind, service, instance: -1, detail });
  note(100, 'fault', 1);
  note(140, 'breaker-open', 0, 'called.work');
  const fact = { beganUs: 120, service: 1, instance: 0, waitUs: 0, coldKind: 0, isMeasured: true } as const;
  incidents.spanEnded({ ...fact, endedUs: 150, outcome: outcomes.timedOut });
  incidents.spanEnded({ ...fact, endedUs: 160, outcome: outcomes.failed }); // Not for being slow.
  note(200, 'fault-over', 1);
  incidents.spanEnded({ ...fact, endedUs: 250, outcome: outcomes.timedOut });
  incidents.runEnded(1000);
  expect(incidents.facts()[0]).toMatchObject({
    detectedUs: 40,
    detectedBy: 'the circuit breaker of caller',
    recoveredUs: 100,
    lostCount: 1,
  });
});
