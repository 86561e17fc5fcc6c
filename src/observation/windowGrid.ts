/**
 * The grid of a timeline: which window a moment falls into. Windows end at every multiple of the window's width from
 * clock 0; where measuring begins inside one, it is cut in two there, so that the measured windows add up to the
 * summary.
 */
export class WindowGrid {
  readonly windowCount: number;
  /** Windows before this one are warm-up. */
  readonly firstMeasuredIndex: number;
  private readonly windowUs: number;
  private readonly fromUs: number;
  readonly toUs: number;
  /** The window that is cut, or -1. */
  private readonly cutIndex: number;
  /** Microseconds; 0 <= fromUs < toUs, windowUs > 0. */
  constructor({ windowUs, fromUs, toUs }: { windowUs: number; fromUs: number; toUs: number }) {
    this.windowUs = windowUs;
    this.fromUs = fromUs;
    this.toUs = toUs;
    this.cutIndex = fromUs % windowUs === 0 ? -1 : Math.floor(fromUs / windowUs);
    this.windowCount = this.indexAt(toUs - 1) + 1;
    this.firstMeasuredIndex = this.indexAt(fromUs);
  }

  /** The window that holds the moment `nowUs`; the last one for the end of the run and later. */
  indexAt(nowUs: number): number {
    const whole = Math.floor((nowUs < this.toUs ? nowUs : this.toUs - 1) / this.windowUs);
    if (this.cutIndex < 0 || whole < this.cutIndex) return whole;
    return whole > this.cutIndex || nowUs >= this.fromUs ? whole + 1 : whole;
  }

  /** Where window `index` begins; `startUs(windowCount)` is the end of the run. */
  startUs(index: number): number {
    if (index >= this.windowCount) return this.toUs;
    if (this.cutIndex < 0 || index <= this.cutIndex) return index * this.windowUs;
    return index === this.cutIndex + 1 ? this.fromUs : (index - 1) * this.windowUs;
  }

  /** Where window `index` ends; the last holds whatever comes later, too. */
  endUs(index: number): number {
    return index === this.windowCount - 1 ? Number.POSITIVE_INFINITY : this.startUs(index + 1);
  }
}
