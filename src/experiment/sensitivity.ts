/**
 * What changes the bill most: each of a few things a fifth less and a fifth more, all else as it is. Traffic, the time
 * that work takes, memory, the dearest price, the idle timeout, the number kept ready.
 *
 * A generator like the plan's search, and for its reason. Every variant faces the same visitors, so differences are
 * paired by replication. What is sold in sizes or counted in whole moves to the next that is there, or not at all: then
 * the bill says so. Its own file; checked by test/experiment/sensitivity.test.ts.
 */
import { compileModel } from '../model/compile.js';
import type { CompiledPlatform } from '../model/compiled.js';
import type { Scenario } from '../scenario/contract.js';
import { longerWork } from '../scenario/durations.js';
import { printPath } from '../scenario/positions.js';
import { estimateDifference } from '../stats/interval.js';
import type { Cell, CellOrder, CellPlatform } from './cells.js';
import type { Interval } from './contract.js';
import type { Settings } from './designs.js';
import type { PlanSearch } from './planSearch.js';

export const factorNames = ['traffic', 'duration', 'memory', 'price', 'idle timeout', 'min instances'] as const;
export type FactorName = (typeof factorNames)[number];

export interface SensitivityQuestion {
  /** By name. */
  readonly platforms: readonly string[];
  /** Share by which each thing is changed, in (0, 1). */
  readonly by: number;
  readonly replications: number;
  readonly confidence: number;
}

/** What a change did to the month's bill: USD more than without it (less is negative). */
export interface Effect {
  readonly differenceUsd: number;
  readonly ci: Interval | null;
}

export interface FactorFound {
  readonly factor: FactorName;
  /** What was changed, as in `aws.fargate.x86.vcpu`; empty where the factor says it. */
  readonly what: string;
  /** A fifth less, a fifth more; null where that can't be. */
  readonly less: Effect | null;
  readonly more: Effect | null;
  /** The larger of the two, without its sign. */
  readonly swingUsd: number;
}

export interface PlatformSensitivity {
  readonly platform: string;
  readonly costMonthUsd: number;
  /** The largest swing first. */
  readonly factors: readonly FactorFound[];
}

export interface SensitivityFound {
  readonly platforms: readonly PlatformSensitivity[];
  readonly complete: boolean;
}

/** A change on the way down and on the way up: settings of a cell, each null where there is nothing to change. */
interface Variant {
  readonly factor: FactorName;
  readonly platform: string;
  readonly less: Settings | null;
  readonly more: Settings | null;
}

export function* searchSensitivity(scenario: Scenario, question: SensitivityQuestion): PlanSearch<SensitivityFound> {
  const { platforms, by, replications, confidence } = question;
  const compiled = compileModel(scenario);
  if (!compiled.ok) throw new Error(`${scenario.name} was checked and does not compile`);
  const variants = platforms.flatMap((name) => {
    const platform = compiled.value.platforms.find((each) => each.name === name)!;
    return variantsOf(scenario, platform, by);
  });
  const orderOf = (settings: Settings, platform: string): CellOrder => ({
    settings,
    platforms: [platform],
    replications,
  });
  const bases = yield platforms.map((platform) => orderOf([], platform));
  const wanted = variants.flatMap(({ platform, less, more }) =>
    [less, more].flatMap((settings) => (settings ? [orderOf(settings, platform)] : [])),
  );
  const cells = yield wanted;
  const cellOf = (settings: Settings | null, platform: string): CellPlatform | null => {
    const at = wanted.findIndex((order) => order.settings === settings && order.platforms?.[0] === platform);
    return resultOf(at < 0 ? null : cells[at]);
  };
  const found = platforms.flatMap((platform, place): PlatformSensitivity[] => {
    const base = resultOf(bases[place]);
    if (!base) return [];
    const effectOf = (settings: Settings | null): Effect | null => {
      const changed = cellOf(settings, platform);
      return changed && effect(base, changed, confidence);
    };
    const factors = variants
      .filter((variant) => variant.platform === platform)
      .map(({ factor, less, more }) => withSwing({ factor, what: '', less: effectOf(less), more: effectOf(more) }));
    const all = [...factors, ...priceFactor(base, by)].sort((a, b) => b.swingUsd - a.swingUsd);
    return [{ platform, costMonthUsd: base.metrics['cost_month']?.mean ?? 0, factors: all }];
  });
  return { platforms: found, complete: [...bases, ...cells].every((cell) => cell !== null) };
}

function resultOf(cell: Cell | null | undefined): CellPlatform | null {
  return cell?.platforms[0] ?? null;
}

function effect(base: CellPlatform, changed: CellPlatform, confidence: number): Effect | null {
  const costs = ({ numbers }: CellPlatform): number[] => numbers.flatMap((one) => one['cost_month'] ?? []);
  const [without, withIt] = [costs(base), costs(changed)];
  if (without.length !== withIt.length) return null;
  const estimate = estimateDifference(withIt, without, confidence);
  return estimate && { differenceUsd: estimate.mean, ci: estimate.interval };
}

function withSwing(factor: Omit<FactorFound, 'swingUsd'>): FactorFound {
  const sizes = [factor.less, factor.more].map((one) => Math.abs(one?.differenceUsd ?? 0));
  return { ...factor, swingUsd: Math.max(...sizes) };
}

/** A bill is linear in a price: nothing has to be simulated for it. */
function priceFactor({ paidBySku }: CellPlatform, by: number): FactorFound[] {
  const [dearest] = [...paidBySku].sort((a, b) => b.monthUsd - a.monthUsd);
  if (!dearest || dearest.monthUsd === 0) return [];
  const differenceUsd = by * dearest.monthUsd;
  const less = { differenceUsd: -differenceUsd, ci: null };
  return [withSwing({ factor: 'price', what: dearest.sku, less, more: { differenceUsd, ci: null } })];
}

function variantsOf(scenario: Scenario, platform: CompiledPlatform, by: number): Variant[] {
  const both = (factor: FactorName, settingsAt: (times: number) => Settings): Variant[] => {
    const [less, more] = [1 - by, 1 + by].map((times) => {
      const settings = settingsAt(times);
      return settings.length === 0 ? null : settings;
    }) as [Settings | null, Settings | null];
    return less || more ? [{ factor, platform: platform.name, less, more }] : [];
  };
  return [
    ...both('traffic', (times) => [{ path: 'load', value: digits(scenario.load * times) }]),
    ...both('duration', (times) =>
      longerWork(scenario, times).map(({ path, value }) => ({ path, value: String(value) })),
    ),
    ...both('memory', (times) => memoryAt(scenario, platform, times)),
    ...both('idle timeout', (times) => idleTimeoutAt(platform, times)),
    ...both('min instances', (times) => leastInstancesAt(platform, times)),
  ];
}

/** Memory as a need: the platform then takes the smallest size it sells that holds it. */
function memoryAt({ services, platforms }: Scenario, { name, model }: CompiledPlatform, times: number): Settings {
  const choice = platforms.find((platform) => platform.name === name);
  const removed = [
    ...(choice?.defaults.memory === undefined ? [] : [['platforms', name, 'defaults', 'memory']]),
    ...(choice?.services ?? []).flatMap((own) =>
      own.memory === undefined ? [] : [['platforms', name, 'services', own.name, 'memory']],
    ),
  ].map((path) => ({ path: printPath(path), value: 'null' }));
  const needs = services.map((service) => {
    const taken = model.services.find((each) => each.name === service.name)!.memoryMb;
    return { path: printPath(['services', service.name, 'memory']), value: `${Math.round(taken * times)}MB` };
  });
  return [...removed, ...needs];
}

function idleTimeoutAt({ name, model }: CompiledPlatform, times: number): Settings {
  return model.services.flatMap(({ name: service, dispatch }) => {
    if (dispatch.kind !== 'environments' || dispatch.idleTimeout.kind !== 'constant') return [];
    const us = Math.round(dispatch.idleTimeout.mean * times);
    if (!(us > 0 && Number.isFinite(us))) return [];
    return [{ path: printPath(['platforms', name, 'services', service, 'idleTimeout']), value: `${us}us` }];
  });
}

/** Whole instances: at least one fewer or more. */
function leastInstancesAt({ name, model }: CompiledPlatform, times: number): Settings {
  const moved = (count: number): number =>
    times < 1 ? Math.min(count - 1, Math.round(count * times)) : Math.max(count + 1, Math.round(count * times));
  return model.services.flatMap(({ name: service, dispatch }) => {
    const path = ['platforms', name, 'services', service];
    if (dispatch.kind === 'environments') {
      const { provisionedCount, provisioning } = dispatch;
      if (provisionedCount === 0 || provisioning) return [];
      return [{ path: printPath([...path, 'provisioned']), value: String(moved(provisionedCount)) }];
    }
    const { minCount, maxCount, scalers } = dispatch;
    const least = moved(minCount);
    if (least < 1) return [];
    const range = scalers.length === 0 || minCount === maxCount ? `${least}` : `${least}..${Math.max(least, maxCount)}`;
    return [{ path: printPath([...path, 'replicas']), value: range }];
  });
}

function digits(value: number): string {
  return String(Number(value.toPrecision(12)));
}
