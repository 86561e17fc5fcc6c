/**
 * What must hold at the end of every run, in release too. A broken one is our bug: it throws at once, with what
 * replays it.
 */
import { outcomeNames } from '../observation/contract.js';
import { visitPlaces, visitStates, visitTimes } from './directVisits.js';
import { fiberFlags } from './fibers.js';
import type { RunState } from './state.js';

/** Relative room for sums of real numbers; counts and whole microseconds get none. */
const relativeTolerance = 1e-9;

export function assertInvariants(s: RunState): void {
  assertMessages(s);
  const live = countLive(s);
  s.fibers.assertClean();
  s.services.forEach(({ spec: { name } }, service) => {
    assertConservation(s, service, name, live.unended[service]!);
    assertLittle(s, service, name, live.presentUs[service]!);
    assertUtilisation(s, service, name);
    const { measures } = s;
    if (measures.inside[service] !== live.present[service])
      fail(s, `${name}: ${measures.inside[service]} counted inside, ${live.present[service]} are`);
    if (measures.waiting[service]! < 0 || measures.waiting[service]! > measures.inside[service]!)
      fail(s, `${name}: ${measures.waiting[service]} waiting of ${measures.inside[service]} inside`);
  });
  s.sources.forEach((source, index) => {
    const inside = s.measures.visitorsInside[index]!;
    if (source.arrivedCount !== source.endedCount + inside) {
      fail(
        s,
        `source ${source.spec.name}: ${source.arrivedCount} arrived, ${source.endedCount} ended, ${inside} inside`,
      );
    }
  });
}

/** Messages: sent = done + dead + lost + still there. */
function assertMessages(s: RunState): void {
  if (s.messages === null) return;
  const { table, lines, sentCount, endedCount } = s.messages;
  const there = new Float64Array(sentCount.length);
  for (let message = 0; message < table.highWater; message++)
    if (table.isTaken(message)) there[lines[table.line[message]!]!.queue]!++;
  sentCount.forEach((sent, queue) => {
    const { name } = s.model.queues![queue]!;
    if (sent !== endedCount[queue]! + there[queue]!)
      fail(s, `queue ${name}: ${sent} sent, ${endedCount[queue]} ended, ${there[queue]} there`);
  });
}

interface LiveCounts {
  readonly unended: Float64Array;
  readonly present: Float64Array;
  readonly presentUs: Float64Array;
}

function countLive(s: RunState): LiveCounts {
  const { fibers } = s;
  const size = s.services.length;
  const counts = {
    unended: new Float64Array(size),
    present: new Float64Array(size),
    presentUs: new Float64Array(size),
  };
  for (let span = 0; span < fibers.highWater; span++) {
    if (!fibers.isTaken(span) || fibers.span[span] !== span) continue;
    const service = fibers.service[span]!;
    const flags = fibers.flags[span]!;
    if (fibers.beganUs[span]! >= 0 && (flags & fiberFlags.told) === 0) counts.unended[service]!++;
    if ((flags & fiberFlags.present) === 0) continue;
    counts.present[service]!++;
    counts.presentUs[service]! += s.nowUs - Math.max(s.fromUs, fibers.arrivedUs[span]!);
  }
  countDirect(s, counts);
  return counts;
}

/** Direct visits are present from their beginning. */
function countDirect({ direct, sources, nowUs, fromUs }: RunState, counts: LiveCounts): void {
  const { places, times } = direct;
  for (let visit = 0; visit < direct.highWater; visit++) {
    if (places[8 * visit + visitPlaces.state] === visitStates.free) continue;
    const service = sources[places[8 * visit + visitPlaces.source]!]!.direct!.state.index;
    counts.unended[service]!++;
    counts.present[service]!++;
    counts.presentUs[service]! += nowUs - Math.max(fromUs, times[4 * visit + visitTimes.beganUs]!);
  }
}

/** offered = completed + failed + rejected + timed out + still in flight. */
function assertConservation(s: RunState, service: number, name: string, unended: number): void {
  const { offered, ended } = s.measures;
  const from = service * outcomeNames.length;
  const endedCount = ended.subarray(from, from + outcomeNames.length).reduce((sum, count) => sum + count, 0);
  if (offered[service] !== endedCount + unended) {
    fail(s, `${name}: ${offered[service]} offered, ${endedCount} ended, ${unended} in flight`);
  }
}

/**
 * Little: the integral of the number in the system is the sum of the time each spent there, inside the measured
 * interval.
 */
function assertLittle(s: RunState, service: number, name: string, presentUs: number): void {
  const { inSystemAreaUs, sojournUs } = s.measures;
  const areaUs = inSystemAreaUs[service]! - s.areaAtMeasuring[service]!;
  const spentUs = sojournUs[service]! + presentUs;
  if (Math.abs(areaUs - spentUs) > relativeTolerance * Math.max(1, areaUs)) {
    fail(s, `${name}: Little's law: ${areaUs} us of presence, ${spentUs} us spent`);
  }
}

function assertUtilisation(s: RunState, service: number, name: string): void {
  const usedUs = s.measures.cpuUsedUs[service]!;
  const readyUs = s.measures.cpuReadyUs[service]!;
  if (!(usedUs >= 0) || usedUs > readyUs * (1 + relativeTolerance) + 1)
    fail(s, `${name}: used ${usedUs} of ${readyUs} vCPU-us`);
}

function fail(s: RunState, message: string): never {
  const { model } = s;
  throw new Error(
    `invariant broken: ${message} (platform ${model.platformName}, seed ${model.seed}, ` +
      `replication ${s.replicationIndex}, event ${s.eventCount})`,
  );
}
