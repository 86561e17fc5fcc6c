/**
 * `services`, `databases`, `queues`, `network`: what the software does and what stands between.
 *
 * Its own file because these sections are about the application, wherever it runs. Platforms use its sizes, databases
 * and network again for their own choices.
 */
import type { Reading } from '../units/number.js';
import { readMemoryMb } from '../units/size.js';
import { choice } from './choice.js';
import type { BillSpec, DatabaseSpec, NetworkSpec, QueueSpec, ServiceSizes, ServiceSpec } from './contract.js';
import { distribution } from './distributions.js';
import {
  clockUs,
  dataBytes,
  memoryMb,
  moneyPerTime,
  oneOf,
  positiveMemoryMb,
  positiveVcpu,
  readPositiveMemoryMb,
  readPositiveVcpu,
  real,
  whole,
  words,
} from './fields.js';
import { defined, type Form, leaf, mapping, named, type Reference } from './form.js';
import { refuse } from './refuse.js';
import { steps } from './stepForm.js';

interface Bounds {
  readonly request: number;
  readonly limit: number;
}

/** A plain size is request and limit at once; `limit: none`, or none written, is what the node has free. */
function bounds(noun: string, form: Form<number>, read: (text: string) => Reading<number>): Form<Bounds> {
  const limit = leaf(`${noun} or none`, { type: ['string', 'number'] }, ({ text }) =>
    text === 'none' ? { ok: true, value: Number.POSITIVE_INFINITY } : read(text),
  );
  return choice({
    noun: `${noun} or {request, limit}`,
    text: form.transform((size): Bounds => ({ request: size, limit: size })),
    otherwise: mapping({ request: form, limit: limit.exactOptional() }).transform(
      ({ request, limit: most = Number.POSITIVE_INFINITY }, context): Bounds => {
        if (request <= most) return { request, limit: most };
        return refuse(context, { rule: 'conflict', message: 'must be at least the request', path: ['limit'] });
      },
    ),
  });
}
const cpu = bounds('a number of vCPU', positiveVcpu, readPositiveVcpu);
const memory = bounds('a size of memory', positiveMemoryMb, readPositiveMemoryMb);

/** What `services` and `platforms` may both say of a service. */
export const sizeShape = {
  cpu: cpu.exactOptional(),
  memory: memory.exactOptional(),
  concurrency: whole(1).exactOptional(),
  queue: whole(0).exactOptional(),
  pool: whole(1).exactOptional(),
  startup: distribution.exactOptional(),
};

export function sizesOf(value: {
  cpu?: Bounds;
  memory?: Bounds;
  concurrency?: number;
  queue?: number;
  pool?: number;
  startup?: ServiceSizes['startup'];
}): ServiceSizes {
  const { concurrency, queue, pool, startup } = value;
  return {
    ...defined({ concurrency, queue, pool, startup }),
    ...(value.cpu ? { cpu: { requestVcpu: value.cpu.request, limitVcpu: value.cpu.limit } } : {}),
    ...(value.memory ? { memory: { requestMb: value.memory.request, limitMb: value.memory.limit } } : {}),
  };
}

/** `5MB/h`: memory that is never given back. */
const leak = leaf('a size per hour', { type: 'string', description: '5MB/h' }, ({ text }): Reading<number> => {
  const match = /^(.*)\/ ?(h|day)$/.exec(text);
  if (!match) return { ok: false, code: 'unit', message: `must be a size per h or day, got ${JSON.stringify(text)}` };
  const size = readMemoryMb(match[1]!.trimEnd());
  return size.ok ? { ok: true, value: size.value / (match[2] === 'h' ? 1 : 24) } : size;
});

export const services: Form<ServiceSpec[]> = named(
  mapping({
    title: words.exactOptional(),
    language: oneOf('go', 'java', 'python', 'javascript', 'dotnet', 'ruby', 'rust', 'php').exactOptional(),
    image: dataBytes.exactOptional(),
    ...sizeShape,
    bytes: mapping({ in: dataBytes.exactOptional(), out: dataBytes.exactOptional() }).exactOptional(),
    memoryUse: mapping({
      base: memoryMb.exactOptional(),
      perRequest: memoryMb.exactOptional(),
      leak: leak.exactOptional(),
    }).exactOptional(),
    warming: mapping({ factor: real({ min: 1 }), requests: whole(1) }).exactOptional(),
    operations: named(steps),
  }),
).transform((all, context): ServiceSpec[] => {
  if (all.length === 0) return refuse(context, { rule: 'missing', message: 'names no service' });
  return all.map(({ name, value }) => {
    const { memoryUse, title, language, warming } = value;
    if (value.operations.length === 0)
      refuse(context, { rule: 'missing', message: 'names no operation', path: [name, 'operations'] });
    return {
      name,
      ...defined({ title, language, warming, imageBytes: value.image }),
      ...sizesOf(value),
      ...(value.bytes ? { bytes: { inBytes: value.bytes.in ?? 1_000, outBytes: value.bytes.out ?? 4_000 } } : {}),
      ...(memoryUse
        ? {
            memoryUse: defined({
              baseMb: memoryUse.base,
              perRequestMb: memoryUse.perRequest,
              leakMbPerHour: memoryUse.leak,
            }),
          }
        : {}),
      operations: value.operations.map((operation) => ({ name: operation.name, steps: operation.value })),
    };
  });
});

/** A price-book id, a price of the user's own, or ids per query. */
const bill: Form<BillSpec> = choice({
  noun: 'a price-book id or {price}',
  text: words.transform((sku): BillSpec => ({ kind: 'sku', sku })),
  maps: { price: mapping({ price: moneyPerTime }).transform(({ price }): BillSpec => ({ kind: 'price', price })) },
  otherwise: mapping({ perRead: words.exactOptional(), perWrite: words.exactOptional() }).transform(
    ({ perRead, perWrite }, context): BillSpec => {
      if (perRead === undefined && perWrite === undefined)
        return refuse(context, { rule: 'missing', message: 'has no price', hint: 'write price, perRead or perWrite' });
      return { kind: 'per-query', ...defined({ perReadSku: perRead, perWriteSku: perWrite }) };
    },
  ),
});

/** Databases; under a platform `refersTo` names those there are. */
export function databases(refersTo?: Reference): Form<DatabaseSpec[]> {
  const database = mapping({
    title: words.exactOptional(),
    connections: whole(1).exactOptional(),
    overflow: oneOf('wait', 'reject').exactOptional(),
    query: distribution.exactOptional(),
    cores: real({ min: 0, isAbove: true }).exactOptional(),
    bill: bill.exactOptional(),
  });
  return named(database, refersTo).transform((all): DatabaseSpec[] =>
    all.map(({ name, value: { overflow, ...rest } }) => ({
      name,
      ...defined(rest),
      ...(overflow ? { rejectsOverflow: overflow === 'reject' } : {}),
    })),
  );
}

/** What SQS allows as maxReceiveCount: 1 to 1,000. */
const mostReceives = 1000;

export const queues: Form<QueueSpec[]> = named(
  mapping({
    batch: mapping({ size: whole(1), window: clockUs.exactOptional() }).exactOptional(),
    visibility: clockUs.exactOptional(),
    maxReceives: whole(1, mostReceives).exactOptional(),
    bill: bill.exactOptional(),
  }),
).transform((all): QueueSpec[] =>
  all.map(({ name, value: { batch, visibility, maxReceives, bill: billed } }) => ({
    name,
    ...(batch ? { batch: { size: batch.size, windowUs: batch.window ?? 0 } } : {}),
    ...defined({ visibilityUs: visibility, maxReceives, bill: billed }),
  })),
);

const hop = choice({
  noun: 'a duration, a distribution or {out, back}',
  text: distribution.transform((each) => ({ out: each, back: each })),
  maps: { out: mapping({ out: distribution, back: distribution }) },
  otherwise: distribution.transform((each) => ({ out: each, back: each })),
});
export const network: Form<NetworkSpec> = mapping({
  hop: hop.exactOptional(),
  client: distribution.exactOptional(),
  crossZone: distribution.exactOptional(),
}).transform(
  ({ hop: each, client, crossZone }): NetworkSpec =>
    defined({ hopOut: each?.out, hopBack: each?.back, client, crossZone }),
);
