/**
 * Walking along a rate that changes with time: from one arrival to the next of a non-homogeneous Poisson process.
 *
 * The gaps of such a process, measured in the integral of its rate, are exponential with mean 1. The rate is made of
 * straight pieces, so its integral is made of parabolas and is inverted exactly. That is the same process that thinning
 * gives, without rejected draws: the n-th arrival always takes the n-th exponential, so a run at another load sees the
 * same visitors in the same order. Source: Cinlar, Introduction to Stochastic Processes (1975), 4.7.
 * Checked against thinning's definition (counts per interval) in `test/workload/poisson.test.ts`.
 */
import type { RateModulation } from './rateModulation.js';

/** Straight pieces of a rate, one after another without gaps from clock 0 on. Starts on the first. */
export interface RatePieces {
  readonly beginUs: number;
  /** `Infinity` for the last piece, which is then level. */
  readonly endUs: number;
  readonly beginPerUs: number;
  readonly endPerUs: number;
  /** Go to the next piece; never called when `endUs` is Infinity. */
  next(): void;
}

/**
 * Pieces without any rate that are crossed before the walk believes that nobody comes any more, and how long they
 * last.
 */
const droughtPieces = 100_000;
const droughtUs = 60 * 86_400_000_000;

export class RateWalk {
  private readonly pieces: RatePieces;
  private readonly modulation: RateModulation | null;
  private readonly load: number;
  /** The piece in hand: pieces cut at full hours where there is a modulation, load and factor included. */
  private beginUs = 0;
  private endUs = 0;
  private beginPerUs = 0;
  private endPerUs = 0;
  private slope = 0;
  private nowUs = 0;

  constructor(pieces: RatePieces, modulation: RateModulation | null, load: number) {
    this.pieces = pieces;
    this.modulation = modulation;
    this.load = load;
    this.cut();
  }

  /** Go on until the rate's integral has grown by `area` (>= 0): the real time there, or `Infinity`. */
  advance(area: number): number {
    let left = area;
    let crossed = 0;
    const fromUs = this.nowUs;
    for (;;) {
      const perUs = this.beginPerUs + this.slope * (this.nowUs - this.beginUs);
      const areaInPiece = this.areaTo(perUs, this.endUs);
      if (left < areaInPiece) {
        this.nowUs = Math.min(this.endUs, this.nowUs + this.stretch(perUs, left));
        return this.nowUs;
      }
      left -= areaInPiece;
      if (this.endUs === Infinity) return Infinity;
      crossed = areaInPiece > 0 ? 0 : crossed + 1;
      if (crossed > droughtPieces && this.endUs - fromUs > droughtUs) return Infinity;
      this.nowUs = this.endUs;
      this.cut();
    }
  }

  /** Go on to `untilUs`: how much the integral has grown on the way. */
  areaUntil(untilUs: number): number {
    let area = 0;
    while (this.nowUs < untilUs) {
      const perUs = this.beginPerUs + this.slope * (this.nowUs - this.beginUs);
      const stopUs = Math.min(untilUs, this.endUs);
      area += this.areaTo(perUs, stopUs);
      this.nowUs = stopUs;
      if (this.nowUs === this.endUs) this.cut();
    }
    return area;
  }

  /** Integral from now, where the rate is `perUs`, to `stopUs` within the piece. */
  private areaTo(perUs: number, stopUs: number): number {
    if (perUs === 0 && this.slope === 0) return 0;
    const lengthUs = stopUs - this.nowUs;
    return this.slope === 0 ? perUs * lengthUs : (perUs + this.slope * lengthUs * 0.5) * lengthUs;
  }

  /** How long until the integral has grown by `area`, within the piece: the stable root of a parabola. */
  private stretch(perUs: number, area: number): number {
    if (this.slope === 0 || area === 0) return area === 0 ? 0 : area / perUs;
    return (2 * area) / (perUs + Math.sqrt(Math.max(0, perUs * perUs + 2 * this.slope * area)));
  }

  /** Take the piece that begins now in hand. */
  private cut(): void {
    const { pieces, modulation, nowUs } = this;
    while (pieces.endUs <= nowUs) pieces.next();
    const isEmpty = pieces.beginPerUs === 0 && pieces.endPerUs === 0;
    const isWhole = modulation === null || isEmpty;
    const factor = this.load * (isWhole ? 1 : modulation.factorAt(nowUs));
    this.beginUs = nowUs;
    this.endUs = isWhole ? pieces.endUs : Math.min(pieces.endUs, modulation.changesUs(nowUs));
    this.beginPerUs = factor * rateWithin(pieces, nowUs);
    this.endPerUs = factor * rateWithin(pieces, this.endUs);
    this.slope = this.endPerUs === this.beginPerUs ? 0 : (this.endPerUs - this.beginPerUs) / (this.endUs - nowUs);
  }
}

function rateWithin({ beginUs, endUs, beginPerUs, endPerUs }: RatePieces, atUs: number): number {
  if (beginPerUs === endPerUs || atUs <= beginUs) return beginPerUs;
  return beginPerUs + ((endPerUs - beginPerUs) * (atUs - beginUs)) / (endUs - beginUs);
}
