/**
 * Cases about the instances there are: picking one, replacing them in a release, restarting and probing them, placing
 * them on nodes.
 */
import { haproxyLeastConnectionsKey, nginxLeastConnections } from '../../src/balancing/leastConnections.js';
import { balancedAllocation, leastAllocated, mostAllocated } from '../../src/balancing/nodeScore.js';
import { smoothWeightedPick } from '../../src/balancing/smoothWeighted.js';
import {
  type BackoffEntry,
  isInBackoffSince,
  isInBackoffSinceUpdate,
  nextBackoff,
  waitAfterCrash,
} from '../../src/healing/crashLoopBackoff.js';
import {
  type ProbeKind,
  type ProbeSchedule,
  probeRenewed,
  probeStart,
  probeStep,
  probeTimeline,
} from '../../src/healing/probes.js';
import { type CaseFields, functionOf, operationOf } from './caseFields.js';

type Outcome = (input: CaseFields) => unknown;

export function smoothWrr(input: CaseFields): unknown {
  const written = input.all('peers').map((peer) => ({
    name: peer.text('name'),
    weight: peer.number('weight'),
    downAt: new Set(peer.list<readonly unknown[]>('downAt', [])),
  }));
  let peers = written.map(({ weight }) => ({ weight, currentWeight: 0, isEligible: true }));
  const sequence: (string | null)[] = [];
  for (let pick = 0; pick < input.number('picks'); pick++) {
    const step = smoothWeightedPick(
      peers.map((peer, index) => ({ ...peer, isEligible: !written[index]!.downAt.has(pick) })),
    );
    peers = [...step.peers];
    sequence.push(written[step.pickedIndex]?.name ?? null);
  }
  return { sequence };
}

export function leastConn(input: CaseFields): unknown {
  const peers = input.all('peers').map((peer) => ({
    name: peer.text('name'),
    weight: peer.number('weight'),
    activeCount: peer.number('active'),
  }));
  const outcomes = new Map<string, () => unknown>([
    ['nginxLeastConn', () => ({ pick: peers[nginxLeastConnections(peers)]?.name ?? null })],
    [
      'haproxyLeastConnKey',
      () => ({ keys: Object.fromEntries(peers.map((peer) => [peer.name, haproxyLeastConnectionsKey(peer)])) }),
    ],
  ]);
  return functionOf(outcomes, input.text('fn'))();
}

const scores = new Map([
  ['LeastAllocated', leastAllocated],
  ['MostAllocated', mostAllocated],
  ['Balanced', balancedAllocation],
]);

export function schedulerScore(input: CaseFields): unknown {
  const score = functionOf(scores, input.text('strategy'));
  const weights = input.fields('weights');
  const scoreOf = (node: CaseFields) =>
    score(
      weights.names().map((resource) => ({
        allocatable: node.fields('allocatable').number(resource, 0),
        requested: node.fields('requestedWithPod').number(resource, 0),
        weight: weights.number(resource),
      })),
    );
  return { scores: input.all('nodes').map(scoreOf) };
}

export function crashloopBackoff(input: CaseFields): unknown {
  return functionOf(backoffFunctions, input.text('fn'))(input);
}

const backoffFunctions: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  ['backoff', backoff],
  ['crashTimeline', crashTimeline],
]);

function limitsOf(input: CaseFields) {
  const max = input.number('maxSeconds');
  return { initial: input.number('initialSeconds'), max, resetAfter: 2 * max };
}

function backoff(input: CaseFields): unknown {
  const limits = limitsOf(input);
  let entry: BackoffEntry | null = null;
  const values: (number | boolean)[] = [];
  for (const written of input.list('ops')) {
    const { name, numbers } = operationOf(written);
    const [first = Number.NaN, second = Number.NaN] = numbers;
    if (name === 'next') entry = nextBackoff(entry, { eventAt: first, now: first }, limits);
    else if (name === 'reset') entry = null;
    else if (name === 'get') values.push((entry as BackoffEntry | null)?.delay ?? 0);
    else if (name === 'inBackOffSince') values.push(isInBackoffSince(entry, { eventAt: first, now: second }, limits));
    else if (name === 'inBackOffSinceUpdate') values.push(isInBackoffSinceUpdate(entry, first, limits));
    else throw new Error(`malformed: operation ${JSON.stringify(written)}`);
  }
  return { values };
}

function crashTimeline(input: CaseFields): unknown {
  const limits = limitsOf(input);
  let entry: BackoffEntry | null = null;
  let startedAt = 0;
  const delays: number[] = [];
  for (const runSeconds of input.numbers('runSeconds')) {
    const endedAt: number = startedAt + runSeconds;
    const { wait, entry: after } = waitAfterCrash(entry, endedAt, limits);
    delays.push(wait);
    entry = after;
    startedAt = endedAt + wait;
  }
  return { delays };
}

export function probeTimelineCase(input: CaseFields): unknown {
  return functionOf(probeFunctions, input.text('fn'))(input);
}

const probeFunctions: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  ['thresholds', thresholds],
  ['timeline', timeline],
]);

const probeKinds: readonly ProbeKind[] = ['startup', 'readiness', 'liveness'];

function thresholds(input: CaseFields): unknown {
  const kind = probeKinds.find((one) => one === input.text('type'));
  if (!kind) throw input.fault('type', probeKinds.join(' or '));
  const limits = thresholdsOf(input);
  let memory = probeStart(kind);
  const memories = input.list('results').map((result) => {
    if (result === 'newContainer') memory = probeRenewed(memory, kind);
    else if (result === 'success' || result === 'failure') memory = probeStep(memory, result, kind, limits);
    else throw input.fault('results', 'a list of success, failure, newContainer');
    return memory;
  });
  return { states: memories.map(({ state }) => state), onHold: memories.map(({ isOnHold }) => isOnHold) };
}

function thresholdsOf(probe: CaseFields) {
  return { successCount: probe.number('successThreshold', 1), failureCount: probe.number('failureThreshold', 3) };
}

function timeline(input: CaseFields): unknown {
  const written = input.fields('probes');
  const probes: Partial<Record<ProbeKind, ProbeSchedule>> = {};
  for (const kind of probeKinds) {
    if (written.raw(kind) === undefined || written.raw(kind) === null) continue;
    const probe = written.fields(kind);
    const period = probe.number('periodSeconds', 10);
    if (!(period > 0)) throw probe.fault('periodSeconds', 'above 0');
    probes[kind] = { ...thresholdsOf(probe), initialDelay: probe.number('initialDelaySeconds', 0), period };
  }
  const responses = input.fields('responses');
  const answers = new Map(
    probeKinds.map((kind) => [
      kind,
      responses.all(kind, true).map((response) => ({ from: response.number('from'), ok: response.flag('ok') })),
    ]),
  );
  return {
    events: probeTimeline({
      probes,
      answers: (kind, at) => answers.get(kind)?.findLast(({ from }) => from <= at)?.ok ?? false,
      until: input.number('untilSeconds'),
    }),
  };
}
