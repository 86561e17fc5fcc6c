/** A hand-made state of a run, for tests of those who read it: all zero but for what a test says. */
import type { StateView } from '../../src/observation/contract.js';

type Columns<T> = { readonly [F in keyof T]?: readonly number[] };

interface StateWords {
  readonly nowUs: number;
  readonly service?: Columns<StateView['service']>;
  readonly database?: Columns<StateView['database']>;
  readonly pool?: Columns<StateView['pool']>;
  readonly entriesAvailableUs?: number;
}

const serviceColumns = [
  'queueAreaUs',
  'inSystemAreaUs',
  'instanceAreaUs',
  'busyAreaUs',
  'cpuUsedUs',
  'cpuReadyUs',
  'cpuWastedUs',
  'availableUs',
  'waitingNow',
  'inSystemNow',
  'instancesNow',
  'instancesMin',
  'instancesMax',
  'scaleOutCount',
  'scaleInCount',
  'restartCount',
  'replacementCount',
  'coldStartCount',
];
const databaseColumns = ['queueAreaUs', 'inSystemAreaUs', 'connectionAreaUs', 'connectionLimit'];
const poolColumns = ['nodeAreaUs', 'nodesNow', 'nodesMax', 'cpuRequestedAreaUs', 'cpuAllocatableAreaUs'];

/** As many slots of each kind as the longest column given has. */
export function stateView({
  nowUs,
  service = {},
  database = {},
  pool = {},
  entriesAvailableUs = 0,
}: StateWords): StateView {
  return {
    nowUs,
    visitorsInside: new Float64Array(1),
    service: columns(serviceColumns, service) as StateView['service'],
    database: columns(databaseColumns, database) as StateView['database'],
    pool: columns(poolColumns, pool) as StateView['pool'],
    entriesAvailable: Float64Array.of(entriesAvailableUs),
  };
}

function columns(names: readonly string[], given: Readonly<Record<string, readonly number[]>>): object {
  const slotCount = Math.max(0, ...Object.values(given).map((values) => values.length));
  return Object.fromEntries(
    names.map((name) => [name, Float64Array.from({ length: slotCount }, (_, slot) => given[name]?.[slot] ?? 0)]),
  );
}
