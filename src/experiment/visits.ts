/**
 * A single visitor with his spans, from positions and microseconds to names and milliseconds, callers first. Its own
 * file because the report's waterfall and `windtunnel trace` both read it.
 */
import type { CompiledPlatform } from '../model/compiled.js';
import { outcomeNames } from '../observation/contract.js';
import type { TracedSpan, TracedVisit } from '../observation/traceRecorder.js';
import type { VisitResult, VisitSpan } from './contract.js';

export function visitResult(platform: CompiledPlatform, visit: TracedVisit, which: VisitResult['which']): VisitResult {
  const { model } = platform;
  const order = callersFirst(visit.spans);
  const placeOf = new Map(order.map((place, index) => [place, index]));
  const depths: number[] = [];
  const spans = order.map((place): VisitSpan => {
    const span = visit.spans[place]!; // Places come from the list itself.
    const parent = span.parent < 0 ? -1 : placeOf.get(span.parent)!;
    const depth = parent < 0 ? 0 : depths[parent]! + 1;
    depths.push(depth);
    return { ...namesOf(platform, span), parent, depth, ...timesOf(span, visit.beganUs) };
  });
  return {
    which,
    source: model.traffic[visit.source]?.name ?? '',
    number: visit.visitorNumber,
    outcome: outcomeNames[visit.outcome],
    attemptCount: visit.attemptCount,
    beganS: visit.beganUs / 1e6,
    latencyMs: (visit.endedUs - visit.beganUs) / 1000,
    spans,
  };
}

function namesOf(
  { model, titles }: CompiledPlatform,
  { isQuery, target, operation }: TracedSpan,
): Pick<VisitSpan, 'kind' | 'title' | 'service' | 'operation'> {
  const service = (isQuery ? model.databases : model.services)[target]?.name ?? '';
  const titled = (isQuery ? titles.databases : titles.services).find(({ name }) => name === service);
  const name = isQuery ? '' : (model.services[target]?.operations[operation]?.name ?? '');
  return { kind: isQuery ? 'query' : 'span', title: titled?.title ?? service, service, operation: name };
}

type Times = Omit<VisitSpan, 'kind' | 'title' | 'service' | 'operation' | 'parent' | 'depth'>;

function timesOf(span: TracedSpan, fromUs: number): Times {
  const after = (us: number): number => (us - fromUs) / 1000;
  const { startedUs, arrivedUs, endedUs } = span;
  const inServiceUs = startedUs < 0 || span.instance < 0 ? 0 : endedUs - startedUs;
  return {
    attempt: span.attempt + 1,
    instance: span.instance < 0 ? null : span.instance,
    outcome: outcomeNames[span.outcome],
    cold: (['warm', 'started', 'joined'] as const)[span.coldKind],
    beganMs: after(span.beganUs),
    arrivedMs: arrivedUs < 0 ? null : after(arrivedUs),
    startedMs: startedUs < 0 ? null : after(startedUs),
    endedMs: after(endedUs),
    cpuMs: Math.max(0, inServiceUs - span.waitingUs) / 1000,
  };
}

/** Places of the spans so that each stands after its caller, siblings in order of beginning. */
function callersFirst(spans: readonly TracedSpan[]): number[] {
  const below = new Map<number, number[]>();
  for (const [place, { parent }] of spans.entries()) below.set(parent, [...(below.get(parent) ?? []), place]);
  const order: number[] = [];
  const walk = (parent: number): void => {
    const children = below.get(parent) ?? [];
    for (const place of children.sort((a, b) => spans[a]!.beganUs - spans[b]!.beganUs || a - b)) {
      order.push(place);
      walk(place);
    }
  };
  walk(-1);
  return order;
}
