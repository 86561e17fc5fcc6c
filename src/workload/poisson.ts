/**
 * Poisson arrivals: visitors who do not know of each other. With one rate, or with a profile: a rate that changes along
 * straight lines, once or with a period. The first gap begins at clock 0.
 */
import type { Draws } from '../random/draws.js';
import { standardExponential } from '../random/ziggurat.js';
import type { ArrivalContext, ArrivalFamily, PoissonProfileSpec, PoissonSpec, ProfilePoint } from './arrivalSpec.js';
import type { ArrivalPlan, ArrivalProcess } from './contract.js';
import { rateFault } from './rateFault.js';
import { type RatePieces, RateWalk } from './rateWalk.js';

export const poisson: ArrivalFamily<PoissonSpec> = {
  kind: 'poisson',
  acceptsModulation: true,
  fault: ({ ratePerSecond }) => rateFault(ratePerSecond),
  make: ({ ratePerSecond }, context) =>
    planOf({ profile: [{ atUs: 0, ratePerSecond }], periodUs: null }, context, 'poisson'),
};

export const poissonProfile: ArrivalFamily<PoissonProfileSpec> = {
  kind: 'poisson-profile',
  acceptsModulation: true,
  fault: profileFault,
  make: (spec, context) => planOf(spec, context, 'poisson-profile'),
};

/** Arrivals at the rate that a walk follows; also the bursty process, whose rate is drawn. */
export class PoissonProcess implements ArrivalProcess {
  readonly entryIndex = 0;
  readonly traceWaitUs = 0;
  private readonly walk: RateWalk;
  private readonly draws: Draws;

  constructor(walk: RateWalk, draws: Draws) {
    this.walk = walk;
    this.draws = draws;
  }

  /** The walk keeps real times, so rounding never accumulates. */
  nextUs(): number {
    return Math.round(this.walk.advance(standardExponential(this.draws)));
  }
}

/** Arrivals at one rate: no walk along a profile, for this is the commonest source and in the hot loop. */
class LevelPoisson implements ArrivalProcess {
  readonly entryIndex = 0;
  readonly traceWaitUs = 0;
  private readonly meanGapUs: number;
  private readonly draws: Draws;
  private atUs = 0;

  constructor(ratePerSecond: number, draws: Draws) {
    this.meanGapUs = 1e6 / ratePerSecond;
    this.draws = draws;
  }

  /** Times are kept real, so rounding never accumulates; a rate of 0 brings nobody. */
  nextUs(): number {
    this.atUs += standardExponential(this.draws) * this.meanGapUs;
    return Math.round(this.atUs);
  }
}

type Profile = Pick<PoissonProfileSpec, 'profile' | 'periodUs'>;

function planOf({ profile, periodUs }: Profile, { load, modulation }: ArrivalContext, kind: string): ArrivalPlan {
  const startWalk = (): RateWalk => new RateWalk(new ProfilePieces(profile, periodUs), modulation, load);
  const isLevel = modulation === null && profile.every((point) => point.ratePerSecond === profile[0]!.ratePerSecond);
  return {
    kind,
    isStationary: isLevel,
    meanPerSecond(fromUs, toUs) {
      if (isLevel) return profile[0]!.ratePerSecond * load;
      if (!(toUs > fromUs)) return 0;
      const walk = startWalk();
      walk.areaUntil(fromUs);
      return (walk.areaUntil(toUs) / (toUs - fromUs)) * 1e6;
    },
    start: (draws) =>
      isLevel ? new LevelPoisson(profile[0]!.ratePerSecond * load, draws) : new PoissonProcess(startWalk(), draws),
  };
}

/** The pieces of a profile: level before the first point and after the last, straight lines in between. */
class ProfilePieces implements RatePieces {
  beginUs = 0;
  endUs = 0;
  beginPerUs = 0;
  endPerUs = 0;
  private readonly points: readonly ProfilePoint[];
  private readonly periodUs: number | null;
  private roundCount = 0;
  /** The point at which the piece ends; the number of points: the piece after the last. */
  private pointIndex = -1;

  constructor(points: readonly ProfilePoint[], periodUs: number | null) {
    this.points = points;
    this.periodUs = periodUs;
    this.next();
  }

  next(): void {
    this.pointIndex++;
    if (this.pointIndex > this.points.length) {
      this.pointIndex = 0;
      this.roundCount++;
    }
    const offsetUs = this.roundCount * (this.periodUs ?? 0);
    const before = this.points[this.pointIndex - 1];
    const after = this.points[this.pointIndex];
    this.beginUs = offsetUs + (before?.atUs ?? 0);
    this.endUs = offsetUs + (after?.atUs ?? this.periodUs ?? Infinity);
    this.beginPerUs = (before ?? after)!.ratePerSecond / 1e6;
    this.endPerUs = (after ?? before)!.ratePerSecond / 1e6;
  }
}

function profileFault({ profile, periodUs }: PoissonProfileSpec): string | undefined {
  if (profile.length === 0) return 'a profile needs at least one point';
  let beforeUs = 0;
  for (const { atUs, ratePerSecond } of profile) {
    if (!Number.isFinite(atUs) || atUs < 0) return 'the times of a profile must be finite and not negative';
    if (atUs < beforeUs) return 'the times of a profile must rise';
    const fault = rateFault(ratePerSecond);
    if (fault !== undefined) return fault;
    beforeUs = atUs;
  }
  if (periodUs === null) return undefined;
  if (!(periodUs >= 1000 && periodUs < Infinity)) return 'the period of a profile must be at least 1ms';
  return beforeUs > periodUs ? 'the points of a profile must lie within its period' : undefined;
}
