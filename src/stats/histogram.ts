/**
 * A histogram of whole microseconds whose error is relative: every quantile is right to 0.4% at any size, a record
 * costs a few nanoseconds, and histograms add up.
 *
 * Each octave [2^e, 2^(e+1)) has 128 equal buckets: the exponent and the top seven bits of a double's fraction, read as
 * one whole number, are the bucket. Below 256 a bucket holds one value, so such values are exact. Counts, minimum,
 * maximum and sum are exact (while the sum stays below 2^53). Room is taken by octaves as they are met: a new histogram
 * holds nothing, one of latencies between 1 ms and 1 s about 10 kB.
 *
 * In the hot room: `record` is called for every request and span. Its cost is what `npm run bench` measures.
 * Checked against exact order statistics in `test/stats/histogram.test.ts`. Source of the idea: HdrHistogram (Tene).
 */

/** A histogram as plain data: what crosses to another thread, and what JSON keeps. */
export interface HistogramData {
  readonly zeroCount: number;
  /** The bucket of the first count. */
  readonly firstBucket: number;
  readonly counts: readonly number[];
  /** Of all values; 0 when there are none. */
  readonly minUs: number;
  readonly maxUs: number;
  readonly sumUs: number;
}

/** Values from lowUs to highUs, both included, were recorded `count` times. */
export interface HistogramBucket {
  readonly lowUs: number;
  readonly highUs: number;
  readonly count: number;
}

const bucketsPerOctave = 128;
/** The high word of a double, shifted so that one octave is 128: that of 1 is bucket 0. */
const highWordShift = 13;
const bucketOfOne = 0x3ff00000 >>> highWordShift;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const highWord = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

export class LatencyHistogram {
  /** How many values were recorded. */
  count = 0;
  sumUs = 0;
  private smallestUs = Infinity;
  private largestUs = 0;
  private zeroCount = 0;
  /** Bucket of counts[0]; a multiple of an octave. */
  private firstBucket = 0;
  private counts = new Float64Array(0);

  /** The smallest value, exact; 0 when there are none. */
  get minUs(): number {
    return this.count === 0 ? 0 : this.smallestUs;
  }

  /** The largest value, exact; 0 when there are none. */
  get maxUs(): number {
    return this.largestUs;
  }

  /** Mean of the values, exact; NaN when there are none. */
  get meanUs(): number {
    return this.sumUs / this.count;
  }

  /**
   * Count one value.
   *
   * @param valueUs whole microseconds, 0 to 2^53 - 1
   * @throws RangeError when negative, beyond 2^53 - 1 or not a number
   */
  record(valueUs: number): void {
    if (!(valueUs >= 0 && valueUs <= Number.MAX_SAFE_INTEGER)) throw new RangeError(`valueUs ${valueUs}`);
    this.count++;
    this.sumUs += valueUs;
    if (valueUs < this.smallestUs) this.smallestUs = valueUs;
    if (valueUs > this.largestUs) this.largestUs = valueUs;
    if (valueUs < 1) {
      this.zeroCount++;
      return;
    }
    double[0] = valueUs;
    const bucket = (words[highWord]! >>> highWordShift) - bucketOfOne;
    const slot = bucket - this.firstBucket;
    if (slot >= 0 && slot < this.counts.length) this.counts[slot]!++;
    else this.makeRoom(bucket, bucket)[bucket - this.firstBucket]!++;
  }

  /**
   * The value that `share` of all values do not exceed: the smallest with at least that many at or below it.
   *
   * @param share in [0, 1]; 0 is the minimum and 1 the maximum, both exact
   * @returns right to 1/256 of itself, exact below 256; NaN when there are no values
   */
  quantile(share: number): number {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`share ${share}`);
    if (this.count === 0) return Number.NaN;
    if (share === 0) return this.smallestUs;
    // The product may exceed a whole number by its last bit (0.07 x 100); that must not count as one more.
    const rank = Math.max(1, Math.ceil(share * this.count * (1 - 2 ** -51)));
    if (rank >= this.count) return this.largestUs;
    if (this.zeroCount >= rank) return 0;
    const slot = this.slotOfRank(rank);
    const low = lowestUs(this.firstBucket + slot);
    const high = lowestUs(this.firstBucket + slot + 1) - 1;
    return Math.min(this.largestUs, Math.max(this.smallestUs, low + (high - low) / 2));
  }

  /** Where the value of that rank is counted, looked for from the nearer end: a window holds few values, far apart. */
  private slotOfRank(rank: number): number {
    const { counts } = this;
    if (rank > this.count / 2) {
      let above = this.count;
      for (let slot = this.slotOf(this.largestUs); slot >= 0; slot--) {
        above -= counts[slot]!;
        if (above < rank) return slot;
      }
    } else {
      let passed = this.zeroCount;
      for (let slot = passed > 0 ? 0 : this.slotOf(this.smallestUs); slot < counts.length; slot++) {
        passed += counts[slot]!;
        if (passed >= rank) return slot;
      }
    }
    throw new Error(`histogram holds fewer values than its count ${this.count}`);
  }

  /** Where a value >= 1 is counted. */
  private slotOf(valueUs: number): number {
    double[0] = valueUs;
    return (words[highWord]! >>> highWordShift) - bucketOfOne - this.firstBucket;
  }

  /**
   * How many values are at most `valueUs`. Exact below 256, at or beyond the maximum and at a bucket's upper end; else
   * the bucket that `valueUs` cuts (1/128 of it wide) counts by the part below, rounded down.
   */
  countAtMost(valueUs: number): number {
    if (Number.isNaN(valueUs)) throw new RangeError(`valueUs ${valueUs}`);
    if (valueUs < this.minUs || this.count === 0) return 0;
    if (valueUs >= this.largestUs) return this.count;
    let passed = this.zeroCount;
    for (let slot = 0; slot < this.counts.length; slot++) {
      const low = lowestUs(this.firstBucket + slot);
      if (low > valueUs) break;
      const count = this.counts[slot]!;
      if (count === 0) continue;
      const width = lowestUs(this.firstBucket + slot + 1) - low;
      passed += Math.floor(count * Math.min(1, (Math.floor(valueUs) + 1 - low) / width));
    }
    return passed;
  }

  /** Add all of `other`'s values. `other` stays as it is. */
  merge(other: LatencyHistogram): void {
    if (other.count === 0) return;
    this.count += other.count;
    this.sumUs += other.sumUs;
    this.smallestUs = Math.min(this.smallestUs, other.smallestUs);
    this.largestUs = Math.max(this.largestUs, other.largestUs);
    this.zeroCount += other.zeroCount;
    if (other.counts.length === 0) return;
    const counts = this.makeRoom(other.firstBucket, other.firstBucket + other.counts.length - 1);
    const shift = other.firstBucket - this.firstBucket;
    for (let slot = 0; slot < other.counts.length; slot++) counts[shift + slot]! += other.counts[slot]!;
  }

  /** Forget all values and keep the room taken: for windows of a timeline. */
  clear(): void {
    if (this.largestUs >= 1) {
      const first = this.zeroCount > 0 ? 0 : this.slotOf(this.smallestUs);
      this.counts.fill(0, first, this.slotOf(this.largestUs) + 1);
    }
    this.count = 0;
    this.sumUs = 0;
    this.smallestUs = Infinity;
    this.largestUs = 0;
    this.zeroCount = 0;
  }

  /** The buckets that hold something, from the smallest values up. */
  buckets(): HistogramBucket[] {
    const filled: HistogramBucket[] = this.zeroCount > 0 ? [{ lowUs: 0, highUs: 0, count: this.zeroCount }] : [];
    for (let slot = 0; slot < this.counts.length; slot++) {
      const count = this.counts[slot]!;
      if (count === 0) continue;
      const bucket = this.firstBucket + slot;
      filled.push({ lowUs: lowestUs(bucket), highUs: lowestUs(bucket + 1) - 1, count });
    }
    return filled;
  }

  /** As plain data, without the empty ends. */
  toData(): HistogramData {
    let from = 0;
    let to = this.counts.length;
    while (to > 0 && this.counts[to - 1] === 0) to--;
    while (from < to && this.counts[from] === 0) from++;
    return {
      zeroCount: this.zeroCount,
      firstBucket: from === to ? 0 : this.firstBucket + from,
      counts: Array.from(this.counts.subarray(from, to)),
      minUs: this.minUs,
      maxUs: this.maxUs,
      sumUs: this.sumUs,
    };
  }

  /** The histogram that `toData` described. */
  static fromData(data: HistogramData): LatencyHistogram {
    const histogram = new LatencyHistogram();
    const { zeroCount, firstBucket, counts } = data;
    histogram.zeroCount = zeroCount;
    histogram.count = counts.reduce((sum, count) => sum + count, zeroCount);
    if (histogram.count === 0) return histogram;
    histogram.sumUs = data.sumUs;
    histogram.smallestUs = data.minUs;
    histogram.largestUs = data.maxUs;
    if (counts.length > 0) {
      const room = histogram.makeRoom(firstBucket, firstBucket + counts.length - 1);
      room.set(counts, firstBucket - histogram.firstBucket);
    }
    return histogram;
  }

  /** Counts with room for both buckets and all between, by whole octaves. */
  private makeRoom(lowBucket: number, highBucket: number): Float64Array {
    const isNew = this.counts.length === 0;
    const haveEnd = this.firstBucket + this.counts.length;
    const first = Math.floor(Math.min(lowBucket, isNew ? lowBucket : this.firstBucket) / bucketsPerOctave);
    const last = Math.floor(Math.max(highBucket, isNew ? highBucket : haveEnd - 1) / bucketsPerOctave);
    const length = (last - first + 1) * bucketsPerOctave;
    if (length === this.counts.length) return this.counts;
    const counts = new Float64Array(length);
    counts.set(this.counts, isNew ? 0 : this.firstBucket - first * bucketsPerOctave);
    this.firstBucket = first * bucketsPerOctave;
    this.counts = counts;
    return counts;
  }
}

/** The smallest whole value of a bucket. Below 256 many buckets are empty for ever: no whole value lies in them. */
function lowestUs(bucket: number): number {
  const octave = Math.floor(bucket / bucketsPerOctave);
  return Math.ceil(2 ** octave * (1 + (bucket - octave * bucketsPerOctave) / bucketsPerOctave));
}
