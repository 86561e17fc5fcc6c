/**
 * Recorded traces: which services there are, what their operations take themselves, whom they call, how often, one
 * after another or at once, and how often visitors come. What is CPU and what is waiting no trace tells: all is taken
 * for waiting.
 * Checked by test/scenario/drafts.test.ts.
 */
import type { Drafted, DraftSource, SourceFile } from './contract.js';
import { type Fields, mean, plainName } from './parts.js';
import { type RecordedSpan, readSpans } from './spans.js';

export const traces: DraftSource = {
  kind: 'traces',
  summary: 'recorded traces: OpenTelemetry (OTLP) or Jaeger, as JSON',
  endings: ['.json', '.jsonl', '.ndjson'],
  read: (files) => draftOf(files),
};

/** One operation, with every time it was asked. */
interface Operation {
  readonly service: string;
  readonly name: string;
  readonly visits: Visit[];
}

interface Visit {
  readonly span: RecordedSpan;
  /** What it asked of others, in order of beginning. */
  readonly asked: readonly RecordedSpan[];
}

function draftOf(files: readonly SourceFile[]): Drafted {
  const spans: RecordedSpan[] = [];
  for (const { name, text } of files)
    try {
      for (const span of readSpans(text)) spans.push(span);
    } catch {
      return { ok: false, fault: `${name} is no JSON` };
    }
  if (spans.length === 0) return { ok: false, fault: 'there is no span in it: neither `resourceSpans` nor `data`' };
  const operations = operationsOf(spans);
  const roots = [...operations.values()].filter(({ visits }) => visits.some(({ span }) => isRoot(span)));
  const services = new Map<string, Record<string, unknown>>();
  for (const operation of operations.values()) {
    const own = services.get(operation.service) ?? {};
    own[operation.name] = stepsOf(operation);
    services.set(operation.service, own);
  }
  const databases = [...new Set(spans.filter(({ database }) => database !== '').map(databaseOf))].sort();
  return {
    ok: true,
    draft: {
      name: 'recorded-traces',
      sections: {
        traffic: Object.fromEntries(roots.map((root) => [`${root.service}-${root.name}`, sourceOf(root, spans)])),
        services: Object.fromEntries([...services].map(([name, own]) => [name, { operations: own }])),
        ...(databases.length === 0
          ? {}
          : {
              databases: Object.fromEntries(databases.map((name) => [name, { query: lawOf(queriesOf(name, spans)) }])),
            }),
        platforms: { bench: { preset: 'fixed' } },
      },
      unknown: [
        'whether an operation computes or waits: its own time is taken for waiting; where it computes, say `cpu`',
        'how visitors arrive: by chance (Poisson) at the mean rate recorded; where traces are sampled it is too low',
        'how many instances of what size there were: `fixed` has one of each, of unlimited concurrency',
        ...(spans.length < 1000 ? [`rare branches and slow tails: ${spans.length} spans were recorded`] : []),
      ],
    },
  };
}

const isRoot = ({ parentId }: RecordedSpan): boolean => parentId === '';
const databaseOf = ({ database }: RecordedSpan): string => plainName(database);
const keyOf = ({ service, operation }: RecordedSpan): string => `${plainName(service)} ${plainName(operation)}`;

/** Spans that begin an operation: those that nobody asked, or that another service did. Others are its inner life. */
function operationsOf(spans: readonly RecordedSpan[]): ReadonlyMap<string, Operation> {
  const byId = new Map(spans.map((span) => [span.id, span]));
  /** The span that begins the operation a span belongs to. */
  const headOf = (span: RecordedSpan): RecordedSpan => {
    let head = span;
    for (let depth = 0; depth < 1000; depth++) {
      const parent = byId.get(head.parentId);
      if (!parent || parent.service !== head.service) return head;
      head = parent;
    }
    return head;
  };
  const asked = new Map<string, RecordedSpan[]>();
  const heads: RecordedSpan[] = [];
  for (const span of spans) {
    const parent = byId.get(span.parentId);
    const isHead = parent === undefined || parent.service !== span.service;
    if (isHead) heads.push(span);
    if (parent === undefined || (!isHead && span.database === '')) continue;
    const { id } = headOf(parent);
    const others = asked.get(id);
    if (others) others.push(span);
    else asked.set(id, [span]);
  }
  const operations = new Map<string, Operation>();
  for (const span of heads) {
    const key = keyOf(span);
    const operation = operations.get(key) ?? {
      service: plainName(span.service),
      name: plainName(span.operation),
      visits: [],
    };
    operation.visits.push({ span, asked: (asked.get(span.id) ?? []).sort((a, b) => a.startUs - b.startUs) });
    operations.set(key, operation);
  }
  return operations;
}

function stepsOf({ visits }: Operation): readonly unknown[] {
  const own = visits.map(({ span, asked }) => Math.max(0, span.durationUs - coveredUs(asked)));
  const failedShare = mean(visits.map(({ span }) => Number(span.hasFailed)));
  const targets = [...new Set(visits.flatMap(({ asked }) => asked.map(targetOf)))];
  const steps = targets.map((target) => callOf(target, visits));
  const atOnceCount = visits.filter(({ asked }) => overlaps(asked)).length;
  const isParallel = steps.length > 1 && atOnceCount * 2 > visits.length;
  return [
    { wait: lawOf(own) },
    ...(isParallel ? [{ parallel: steps }] : steps),
    ...(failedShare > 0 ? [{ fail: percent(failedShare) }] : []),
  ];
}

/** Whom a span asks: a database by name, or an operation. */
function targetOf(span: RecordedSpan): string {
  return span.database === '' ? keyOf(span) : `query ${databaseOf(span)}`;
}

/** A step, as often as it was seen: by chance where not always, in rounds where mostly several times. */
function callOf(target: string, visits: readonly Visit[]): unknown {
  const counts = visits.map(({ asked }) => asked.filter((span) => targetOf(span) === target).length);
  const [first = '', second = ''] = target.split(' ');
  const step = first === 'query' ? { query: second } : { call: `${first}.${second}` };
  const usual = mean(counts.filter((count) => count > 0));
  const share = counts.filter((count) => count > 0).length / counts.length;
  const all = usual >= 1.5 ? { repeat: { times: Math.round(usual), do: [step] } } : step;
  return share < 0.995 ? { choose: [{ chance: percent(share), do: [all] }] } : all;
}

function sourceOf({ service, name, visits }: Operation, spans: readonly RecordedSpan[]): Fields {
  const starts = spans.map(({ startUs }) => startUs);
  const lengthS = Math.max(1, (extreme(starts, Math.max) - extreme(starts, Math.min)) / 1e6);
  const count = visits.filter(({ span }) => isRoot(span)).length;
  return { entry: `${service}.${name}`, arrivals: { poisson: `${Number((count / lengthS).toPrecision(4))}/s` } };
}

function queriesOf(name: string, spans: readonly RecordedSpan[]): readonly number[] {
  return spans.filter((span) => span.database !== '' && databaseOf(span) === name).map(({ durationUs }) => durationUs);
}

/** A lognormal with the mean and the spread of what was seen; a constant where nothing spreads. */
function lawOf(valuesUs: readonly number[]): unknown {
  const center = mean(valuesUs);
  const spread = Math.sqrt(mean(valuesUs.map((value) => (value - center) ** 2)));
  const meanText = `${Math.max(0, Math.round(center))}us`;
  const cv = center > 0 ? Number((spread / center).toPrecision(3)) : 0;
  return cv < 0.01 ? meanText : { lognormal: { mean: meanText, cv } };
}

/** Time within which at least one of the spans was under way. */
function coveredUs(spans: readonly RecordedSpan[]): number {
  let covered = 0;
  let untilUs = Number.NEGATIVE_INFINITY;
  for (const { startUs, durationUs } of spans) {
    const endUs = startUs + durationUs;
    covered += Math.max(0, endUs - Math.max(startUs, untilUs));
    untilUs = Math.max(untilUs, endUs);
  }
  return covered;
}

function overlaps(spans: readonly RecordedSpan[]): boolean {
  return spans.some(
    (span, index) => index > 0 && span.startUs < spans[index - 1]!.startUs + spans[index - 1]!.durationUs,
  );
}

function extreme(values: readonly number[], of: (a: number, b: number) => number): number {
  return values.reduce((a, b) => of(a, b));
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`;
}
