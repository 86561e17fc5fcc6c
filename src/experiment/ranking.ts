/**
 * Which platform to take, and what decides the exit code. Its own file because the terminal, the report and a pipeline
 * must come to the same answer. The dead must not flatter: where platforms answer different shares of their visitors,
 * latencies are marked and it is the share answered well that ranks.
 */
import type { Cautions } from './cautions.js';
import { markWeak } from './cautions.js';
import type { PlatformResult, Verdict, Warning } from './contract.js';

/** Success ratios further apart than this make latencies incomparable. */
const unequalSuccess = 0.001;

/** Places of the platforms from best to worst; equal ones keep their order. */
export function rankPlatforms(platforms: readonly PlatformResult[]): number[] {
  const isUnequal = successSpread(platforms) > unequalSuccess;
  const keys = platforms.map((platform) => ({
    // Without objectives every platform meets them; then who answers visibly fewer stands behind.
    misses: platform.meetsObjectives && platform.metrics['requests_offered'] ? 0 : 1,
    deadShare: isUnequal || !platform.meetsObjectives ? roundedDeadShare(platform) : 0,
    // What grows without end serves nobody in the end, however cheap.
    isOverloaded: platform.metrics['latency_mean']?.weak === 'overloaded' ? 1 : 0,
    costUsd: platform.metrics['cost_month']?.mean ?? Number.POSITIVE_INFINITY,
    latencyMs: platform.metrics['latency_p99']?.mean ?? Number.POSITIVE_INFINITY,
  }));
  return platforms
    .map((_, place) => place)
    .sort((a, b) => {
      const [first, second] = [keys[a]!, keys[b]!];
      return (
        first.misses - second.misses ||
        first.isOverloaded - second.isOverloaded ||
        first.deadShare - second.deadShare ||
        compare(first.costUsd, second.costUsd) ||
        compare(first.latencyMs, second.latencyMs) ||
        a - b
      );
    });
}

/**
 * The platforms with latencies marked where they are of fewer visitors than elsewhere, and the warnings that say so.
 */
export function markUnequal(platforms: readonly PlatformResult[]): PlatformResult[] {
  const best = Math.max(...platforms.map(successOf));
  return platforms.map((platform) => {
    const success = successOf(platform);
    if (!(best - success > unequalSuccess)) return platform;
    const message = Number.isFinite(success)
      ? `latencies are of the ${(100 * success).toFixed(1)}% of requests that completed; other platforms completed more`
      : 'no request ended here, so there is no latency to hold against those of other platforms';
    const warning: Warning = { code: 'of-completed', message };
    const weakOf = (name: string): string | undefined =>
      name.startsWith('latency_') ? 'of-completed' : platform.metrics[name]?.weak;
    return { ...platform, metrics: markWeak(platform.metrics, weakOf), warnings: [...platform.warnings, warning] };
  });
}

export function judge(
  platforms: readonly PlatformResult[],
  cautions: readonly Cautions[],
  ranking: readonly number[],
): Verdict {
  const untrusted = platforms.flatMap(({ name }, place) =>
    cautions[place]!.untrusted.map(({ code, message }) => ({ platform: name, code, message })),
  );
  const missed = platforms.flatMap(({ name, objectives }) => {
    const texts = objectives.filter(({ met }) => !met).map(({ text }) => text);
    return texts.length > 0 ? [{ platform: name, objectives: texts }] : [];
  });
  const best = platforms[ranking[0] ?? -1];
  return {
    untrusted,
    missed,
    isTrusted: platforms.length === 0 || cautions.some((caution) => caution.untrusted.length === 0),
    isMissedByAll: platforms.length > 0 && missed.length === platforms.length,
    winner: best?.meetsObjectives && best.metrics['requests_offered'] ? best.name : null,
  };
}

function successSpread(platforms: readonly PlatformResult[]): number {
  const ratios = platforms.map(successOf).filter(Number.isFinite);
  return ratios.length === 0 ? 0 : Math.max(...ratios) - Math.min(...ratios);
}

function successOf({ metrics }: PlatformResult): number {
  return metrics['success_ratio']?.mean ?? Number.NEGATIVE_INFINITY;
}

/**
 * Share of the offered that were not answered well (within the time an objective names, if one does), in steps of 0.1
 * points.
 */
function roundedDeadShare({ metrics }: PlatformResult): number {
  const within = Object.entries(metrics).find(([name]) => name.startsWith('within_'))?.[1].mean;
  const offered = metrics['requests_offered']?.mean ?? 0;
  const well = within ?? (offered > 0 ? (metrics['requests_completed']?.mean ?? 0) / offered : 1);
  return Math.round((1 - well) * 1000);
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
