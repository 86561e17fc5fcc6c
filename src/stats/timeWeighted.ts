/**
 * A number that changes with time, and its mean over time: instances, queue lengths, money per hour.
 *
 * Kept as an area (value x microseconds) so that a mean over any stretch is a difference of two areas.
 */
export class TimeWeighted {
  private currentValue: number;
  private changedUs: number;
  private area = 0;
  private beganUs: number;
  private smallest: number;
  private largest: number;

  /** Holds `value` from `nowUs` on. */
  constructor(value: number, nowUs: number) {
    this.currentValue = value;
    this.changedUs = nowUs;
    this.beganUs = nowUs;
    this.smallest = value;
    this.largest = value;
  }

  get value(): number {
    return this.currentValue;
  }

  /** Smallest and largest value held at any instant since the beginning or the last `restart`. */
  get min(): number {
    return this.smallest;
  }

  get max(): number {
    return this.largest;
  }

  /** Hold another value from `nowUs` on. @throws RangeError when time goes back. */
  set(value: number, nowUs: number): void {
    this.goTo(nowUs);
    this.currentValue = value;
    if (value < this.smallest) this.smallest = value;
    if (value > this.largest) this.largest = value;
  }

  /** Forget what was, keep the value: the end of a warm-up. */
  restart(nowUs: number): void {
    this.goTo(nowUs);
    this.area = 0;
    this.beganUs = nowUs;
    this.smallest = this.currentValue;
    this.largest = this.currentValue;
  }

  /** Integral since the beginning or the last `restart`, value x microseconds. */
  areaUs(nowUs: number): number {
    this.goTo(nowUs);
    return this.area;
  }

  /** Mean over the time since then; the value itself when no time has passed. */
  mean(nowUs: number): number {
    const area = this.areaUs(nowUs);
    return nowUs === this.beganUs ? this.currentValue : area / (nowUs - this.beganUs);
  }

  private goTo(nowUs: number): void {
    if (!(nowUs >= this.changedUs)) throw new RangeError(`time goes back from ${this.changedUs} to ${nowUs}`);
    this.area += this.currentValue * (nowUs - this.changedUs);
    this.changedUs = nowUs;
  }
}
