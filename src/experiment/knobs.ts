/**
 * Knobs: what of a scenario teaches when it is turned, each with its stops, and each stop with the settings it changes.
 *
 * Its own file because a slider must say no more than `--set` can: a stop is a list of overrides, checked like
 * anything else that is written. Which knobs there are depends on the platforms that are looked at. Checked by
 * test/experiment/knobs.test.ts.
 */
import type { CompiledPlatform, CompiledScenario } from '../model/compiled.js';
import type { PlatformSpec } from '../scenario/choices.js';
import type { Scenario } from '../scenario/contract.js';
import { readOption } from '../scenario/options.js';
import type { Override } from '../scenario/overrides.js';

export interface Knob {
  readonly kind: 'traffic' | 'replicas' | 'target' | 'memory' | 'idle-timeout' | 'failure';
  readonly title: string;
  readonly stops: readonly KnobStop[];
  /** The stop at which the scenario stands. */
  readonly at: number;
}

export interface KnobStop {
  readonly label: string;
  readonly overrides: readonly Override[];
}

/** One platform that is looked at: as written, and as it was compiled. */
interface Looked {
  readonly spec: PlatformSpec;
  readonly compiled: CompiledPlatform;
  /** The path of its choices for all services. */
  readonly path: string;
}

/** @param places in `compiled.platforms`: the platforms that are looked at; a stop changes all of them */
export function knobsOf(scenario: Scenario, compiled: CompiledScenario, places: readonly number[]): Knob[] {
  const looked = places.flatMap((place) => {
    const platform = compiled.platforms[place]!;
    const spec = scenario.platforms.find(({ name }) => name === platform.name);
    return spec ? [{ spec, compiled: platform, path: `platforms.${JSON.stringify(spec.name)}.defaults` }] : [];
  });
  return [
    traffic(scenario),
    replicas(looked),
    target(looked),
    memory(looked),
    idleTimeout(looked),
    failure(scenario),
  ].filter((knob) => knob !== null);
}

function traffic({ load }: Scenario): Knob {
  const factors = [0.1, 0.2, 0.5, 1, 2, 3, 5, 10, 20];
  return {
    kind: 'traffic',
    title: 'Traffic',
    at: factors.indexOf(1),
    stops: factors.map((factor) => ({ label: `×${factor}`, overrides: [{ path: 'load', value: load * factor }] })),
  };
}

function replicas(looked: readonly Looked[]): Knob | null {
  const own = looked.flatMap(({ compiled, path, spec }) => {
    const dispatches = compiled.model.services.map(({ dispatch }) => dispatch);
    const [first] = dispatches.flatMap((dispatch) => (dispatch.kind === 'balanced' ? [dispatch] : []));
    return first && first.maxCount >= 1 ? [{ path, range: spec.defaults.replicas, count: first.minCount }] : [];
  });
  const [first] = own;
  if (!first) return null;
  const counts = withOwn([1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30], first.count);
  return {
    kind: 'replicas',
    title: 'Replicas, at least',
    at: counts.indexOf(first.count),
    stops: counts.map((count) => ({
      label: String(count),
      overrides: own.map(({ path, range }) => ({ path: `${path}.replicas`, value: rangeFrom(count, range) })),
    })),
  };
}

function rangeFrom(count: number, range: { readonly min: number; readonly max: number } | undefined): string | number {
  if (!range || range.min === range.max) return count;
  return Number.isFinite(range.max) ? `${count}..${Math.max(count, range.max)}` : `${count}..`;
}

function target(looked: readonly Looked[]): Knob | null {
  const own = looked.flatMap(({ path, spec }) =>
    (spec.defaults.scale ?? []).flatMap(({ kind, options }) => {
      const cpu = options.kind === 'map' ? options.entries.find(({ name }) => name === 'cpu')?.value : undefined;
      const share = cpu ? readOption(cpu, 'share') : null;
      return share?.ok ? [{ path: `${path}.scale.${kind}.cpu`, percent: Math.round(share.value * 100) }] : [];
    }),
  );
  const [first] = own;
  if (!first) return null;
  const percents = withOwn([20, 30, 40, 50, 60, 70, 80, 90], first.percent);
  return {
    kind: 'target',
    title: 'CPU target of the scaler',
    at: percents.indexOf(first.percent),
    stops: percents.map((percent) => ({
      label: `${percent}%`,
      overrides: own.map(({ path }) => ({ path, value: `${percent}%` })),
    })),
  };
}

function memory(looked: readonly Looked[]): Knob | null {
  const own = looked.flatMap(({ path, spec }) => {
    const memoryMb = spec.defaults.memory?.limitMb;
    return spec.preset === 'lambda' || spec.preset === 'cloud-functions'
      ? [{ path, preset: spec.preset, memoryMb }]
      : [];
  });
  const [first] = own;
  if (!first) return null;
  const isSoldByAll = own.every(({ preset }) => preset === 'lambda');
  const current = first.memoryMb ?? (isSoldByAll ? 128 : 256);
  const sizes = withOwn(
    isSoldByAll ? [128, 256, 512, 1024, 1769, 3008, 5307, 10240] : [128, 256, 512, 1024, 2048, 4096, 8192],
    current,
  );
  return {
    kind: 'memory',
    title: 'Memory of an instance',
    at: sizes.indexOf(current),
    stops: sizes.map((mb) => ({
      label: `${mb} MB`,
      overrides: own.map(({ path }) => ({ path: `${path}.memory`, value: `${mb}MB` })),
    })),
  };
}

const timeouts: readonly (readonly [seconds: number, label: string])[] = [
  [10, '10s'],
  [30, '30s'],
  [60, '1m'],
  [120, '2m'],
  [300, '5m'],
  [360, '6m'],
  [600, '10m'],
  [900, '15m'],
  [1200, '20m'],
  [1800, '30m'],
  [3600, '1h'],
];

function idleTimeout(looked: readonly Looked[]): Knob | null {
  const own = looked.flatMap(({ compiled, path }) => {
    const meansUs = compiled.model.services.flatMap(({ dispatch }) => {
      if (dispatch.kind === 'environments') return [dispatch.idleTimeout.mean];
      return dispatch.wakesOnRequest ? [dispatch.idleTimeoutUs] : [];
    });
    return meansUs.length > 0 ? [{ path, seconds: meansUs[0]! / 1e6 }] : [];
  });
  const [first] = own;
  if (!first) return null;
  const nearest = timeouts.reduce((best, [seconds], place) => {
    const isNearer = Math.abs(seconds - first.seconds) < Math.abs(timeouts[best]![0] - first.seconds);
    return isNearer ? place : best;
  }, 0);
  return {
    kind: 'idle-timeout',
    title: 'Idle time-out',
    at: nearest,
    stops: timeouts.map(([, label]) => ({
      label,
      overrides: own.map(({ path }) => ({ path: `${path}.idleTimeout`, value: label })),
    })),
  };
}

/** Crashes at random, beside whatever the scenario lets go wrong. */
function failure({ faults }: Scenario): Knob {
  const none: KnobStop = { label: 'none', overrides: [] };
  const stops = ['1h', '30m', '10m', '5m', '2m', '1m'].map((mean) => ({
    label: `one in ${mean}`,
    overrides: [
      faults.length === 0
        ? { path: 'faults', value: `[{crash: "*", mtbf: {exponential: ${mean}}}]` }
        : { path: `faults[${faults.length}]`, value: `{crash: "*", mtbf: {exponential: ${mean}}}` },
    ],
  }));
  return { kind: 'failure', title: 'Crashes of each instance', at: 0, stops: [none, ...stops] };
}

/** The stops and the scenario's own value, in order. */
function withOwn(stops: readonly number[], own: number): number[] {
  return [...new Set([...stops, own])].sort((a, b) => a - b);
}
