/**
 * What the services of an oracle do: one station, a network of messages, a graph of calls, branches that run at once,
 * or a chain of calls that are tried again. Which of them it is shows in the parameters it has.
 */
import { type Dist, lawOf, seconds, writtenLaw } from './dist.js';
import type { Oracle } from './oracle.js';

export interface Shape {
  /** The `services` of the scenario; every operation is called `work`. */
  readonly services: Readonly<Record<string, object>>;
  /** Where visitors enter, and which share of the arrivals (of a network: how many a second). */
  readonly entries: readonly { readonly service: string; readonly share: number }[];
  readonly stations: readonly string[];
  /** Mean time one visitor is worked for, all services together. */
  readonly workS: number;
  readonly retries?: object;
  readonly prices?: Readonly<Record<string, string>>;
  /** Requests go on by messages: a visitor is answered before his request is done. */
  readonly sendsMessages?: boolean;
  /** An instance takes any number of requests at once. */
  readonly isUnlimited: boolean;
}

export function shapeOf(oracle: Oracle): Shape {
  const { parameters, words } = oracle;
  const has = (name: string): boolean => parameters.raw(name) !== undefined;
  if (has('routing')) return network(oracle);
  if (has('visits_and_cpu_s') || has('demands_s')) return callGraph(oracle);
  if (has('fail_chance')) return chain(oracle);
  if (/\bfork|\bparallel\b/i.test(words)) return forkJoin(oracle);
  if (has('service_means_s')) return tandem(oracle);
  return single(oracle);
}

// ------------------------------------------------------------------------------------------------------- a station

interface Discipline {
  /** Requests at once; null: any number. */
  readonly concurrency: number | null;
  /** Waiting places; null: any number. */
  readonly queue: number | null;
  readonly step: 'cpu' | 'wait';
}

function disciplineOf({ parameters, words, expected }: Oracle): Discipline {
  const servers = parameters.number('servers', 1);
  const written = /\bconcurrency (c\b|\d+)/i.exec(words)?.[1];
  const isAny = /\bunlimited concurrency\b|\bconcurrency unlimited\b|\/inf\b/i.test(words);
  const concurrency = written === undefined ? (isAny ? null : servers) : Number(written) || servers;
  const capacity = parameters.number('capacity', null);
  const places = /\bqueue (\d+)\b/i.exec(words)?.[1];
  const queue = capacity === null ? (places === undefined ? null : Number(places)) : capacity - servers;
  const isShared = /\bcpu (DIST|step|\{)|\bstep cpu\b|\bvCPU\b/i.test(words);
  // As many vCPUs as places are so many first-come-first-served servers, whose use the platform sees; a wait is not.
  const isWatched = concurrency !== null && 'utilisation' in expected;
  return { concurrency, queue, step: isShared || isWatched ? 'cpu' : 'wait' };
}

function stationOf({ concurrency, queue }: Discipline, steps: readonly object[]): object {
  return {
    cpu: concurrency ?? 1,
    ...(concurrency !== null && { concurrency }),
    ...(queue !== null && { queue }),
    operations: { work: steps },
  };
}

/** The law of one service's work, where it is the same for all. */
function workOf({ parameters, words }: Oracle, meanS: number): Dist {
  const law = parameters.raw('service_law') ?? parameters.raw('law');
  const isConstant = law === undefined && /\bconstant arrivals and (work|wait)\b/i.test(words);
  return isConstant ? seconds(meanS) : lawOf(law, meanS);
}

function single(oracle: Oracle): Shape {
  const { parameters } = oracle;
  const discipline = disciplineOf(oracle);
  const law = parameters.raw('law');
  const isWholeLaw = typeof law === 'object' && law !== null && !Array.isArray(law);
  const perS = parameters.number('mu_per_s', null);
  const meanS =
    ['service_mean_s', 'work_mean_s', 'duration_mean_s']
      .map((name) => parameters.number(name, null))
      .find((value) => value !== null) ?? (perS === null ? (isWholeLaw ? 1 : 0) : 1 / perS);
  const steps = meanS === 0 ? [] : [{ [discipline.step]: isWholeLaw ? writtenLaw(law) : workOf(oracle, meanS) }];
  const memoryGb = parameters.number('memory_GB', null);
  const startS = parameters.number('startup_to_ready_s', null);
  const server = {
    ...stationOf(discipline, steps),
    ...(memoryGb !== null && { memory: `${memoryGb}GB` }),
    ...(startS !== null && { startup: seconds(startS + parameters.number('probe_delay_s', 0)) }),
  };
  return {
    services: { server },
    entries: [{ service: 'server', share: 1 }],
    stations: ['server'],
    workS: meanS,
    isUnlimited: discipline.concurrency === null,
    ...pricesOf(oracle),
  };
}

function pricesOf({ parameters }: Oracle): Pick<Shape, 'prices'> {
  const gbs = parameters.number('price_GBs', null);
  const request = parameters.number('price_request', null);
  const isBilled = ['price_GBs', 'price_request', 'minimum_s', 'round_to_s'].some((name) => parameters.raw(name));
  return isBilled ? { prices: { 'faas.gbs': `$${gbs ?? 1}`, 'faas.request': `$${request ?? 0}` } } : {};
}

// ------------------------------------------------------------------------------------------------ several stations

/** Stations that hand a request on by a message, each with a chance: nobody waits for what comes after him. */
function network(oracle: Oracle): Shape {
  const { parameters } = oracle;
  const discipline = disciplineOf(oracle);
  const external = parameters.numbers('external_per_s');
  const meansS = parameters.numbers('service_mean_s');
  const names = parameters.list('services', null)?.map(String) ?? meansS.map((_, station) => `station${station + 1}`);
  const routing = parameters.list('routing').map((row) => (Array.isArray(row) ? (row as number[]) : []));
  const services = names.map((name, station) => {
    const onward = names.flatMap((next, to) => {
      const chance = routing[station]?.[to] ?? 0;
      return chance > 0 ? [{ chance, do: [{ send: `${next}.work` }] }] : [];
    });
    const steps = [
      { [discipline.step]: workOf(oracle, meansS[station] ?? 0) },
      ...(onward.length > 0 ? [{ choose: onward }] : []),
    ];
    return [name, stationOf(discipline, steps)] as const;
  });
  return {
    services: Object.fromEntries(services),
    entries: names.flatMap((service, station) =>
      (external[station] ?? 0) > 0 ? [{ service, share: external[station]! }] : [],
    ),
    stations: names,
    workS: meansS.reduce((sum, meanS) => sum + meanS, 0),
    sendsMessages: true,
    isUnlimited: false,
  };
}

/** Stations in a row: each hands a request on to the next by a message. */
function tandem(oracle: Oracle): Shape {
  const discipline = disciplineOf(oracle);
  const meansS = oracle.parameters.numbers('service_means_s');
  const names = meansS.map((_, at) => `station${at + 1}`);
  const services = names.map((name, at) => {
    const next = names[at + 1];
    const work = { [discipline.step]: workOf(oracle, meansS[at] ?? 0) };
    return [name, stationOf(discipline, [work, ...(next ? [{ send: `${next}.work` }] : [])])] as const;
  });
  return {
    services: Object.fromEntries(services),
    entries: [{ service: names[0] ?? '', share: 1 }],
    stations: names,
    workS: meansS.reduce((sum, meanS) => sum + meanS, 0),
    sendsMessages: true,
    isUnlimited: false,
  };
}

interface Visited {
  readonly name: string;
  readonly visits: number;
  readonly meanS: number;
}

/** An entry that calls the others one after another and waits for each: visits are the number of calls. */
function callGraph(oracle: Oracle): Shape {
  const discipline = disciplineOf(oracle);
  const visited = visitedOf(oracle);
  const [first] = visited;
  const hasWork = first?.visits === 1;
  const entry = hasWork ? first.name : 'entry';
  const called = hasWork ? visited.slice(1) : visited;
  const step = (one: Visited): object => ({ [discipline.step]: workOf(oracle, one.meanS) });
  const own = {
    ...stationOf(hasWork ? discipline : { ...discipline, concurrency: null, queue: null }, [
      ...(hasWork ? [step(first)] : []),
      ...called.flatMap(callsOf),
    ]),
  };
  return {
    services: {
      [entry]: own,
      ...Object.fromEntries(called.map((one) => [one.name, stationOf(discipline, [step(one)])])),
    },
    entries: [{ service: entry, share: 1 }],
    stations: visited.map(({ name }) => name),
    workS: visited.reduce((sum, { visits, meanS }) => sum + visits * meanS, 0),
    isUnlimited: false,
  };
}

function visitedOf({ parameters }: Oracle): readonly Visited[] {
  if (parameters.raw('visits_and_cpu_s') !== undefined) {
    const all = parameters.fields('visits_and_cpu_s');
    return all.names().map((name) => {
      const [visits = 0, meanS = 0] = all.numbers(name);
      return { name, visits, meanS };
    });
  }
  const demands = parameters.raw('demands_s');
  if (Array.isArray(demands))
    return parameters.numbers('demands_s').map((meanS, at) => ({ name: `station${at + 1}`, visits: 1, meanS }));
  const all = parameters.fields('demands_s');
  return all.names().map((name) => ({ name, visits: 1, meanS: all.number(name) }));
}

/** So many calls on average: the whole ones always, what is left by chance. */
function callsOf({ name, visits }: Visited): readonly object[] {
  const call = { call: `${name}.work` };
  const whole = Math.floor(visits);
  const rest = visits - whole;
  return [
    ...(whole === 1 ? [call] : whole > 1 ? [{ repeat: { times: whole, do: [call] } }] : []),
    ...(rest > 0 ? [{ choose: [{ chance: rest, do: [call] }] }] : []),
  ];
}

const numberWords = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** An entry without work of its own that calls all branches at once. */
function forkJoin(oracle: Oracle): Shape {
  const { parameters, words } = oracle;
  const discipline = disciplineOf(oracle);
  const word = /\bparallel of (\w+) calls/i.exec(words)?.[1] ?? '';
  const meansS =
    parameters.raw('service_means_s') === undefined
      ? Array.from({ length: parameters.number('branches', numberWords.indexOf(word)) }, () =>
          parameters.number('service_mean_s'),
        )
      : parameters.numbers('service_means_s');
  if (meansS.length === 0) throw new Error('malformed: parameters say of no branch');
  const branches = meansS.map((meanS, at) => ({ name: `branch${at + 1}`, meanS }));
  const fork = { parallel: branches.map(({ name }) => ({ call: `${name}.work` })) };
  return {
    services: {
      entry: stationOf({ concurrency: null, queue: null, step: 'wait' }, [fork]),
      ...Object.fromEntries(
        branches.map(({ name, meanS }) => [
          name,
          stationOf(discipline, [{ [discipline.step]: workOf(oracle, meanS) }]),
        ]),
      ),
    },
    entries: [{ service: 'entry', share: 1 }],
    stations: branches.map(({ name }) => name),
    workS: Math.max(...meansS),
    isUnlimited: true,
  };
}

/** Services that call one another in a row, each call tried again; the last of them fails by chance. */
function chain({ parameters }: Oracle): Shape {
  const depth = parameters.number('depth', 1);
  // Oracles count the first try, the language does not. The wait between tries is not what is looked at.
  const retries = { attempts: parameters.number('attempts') - 1, backoff: '1ms' };
  const names = Array.from({ length: depth }, (_, level) => `level${level + 1}`);
  const services = names.map((name, level) => {
    const next = names[level + 1];
    const step = next ? { call: { to: `${next}.work`, retries } } : { fail: parameters.number('fail_chance') };
    return [name, { operations: { work: [step] } }] as const;
  });
  return {
    services: Object.fromEntries(services),
    entries: [{ service: names[0] ?? '', share: 1 }],
    stations: names.slice(-1),
    workS: 0.01 * depth,
    retries,
    isUnlimited: true,
  };
}
