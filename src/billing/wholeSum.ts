/**
 * A running sum of whole numbers that never loses a unit. Its own file because meters add millions of small whole
 * numbers (milliseconds, microseconds): plain numbers are fast and exact below 2^53, and what comes near that is
 * carried over into a bigint.
 */
export class WholeSum {
  private low = 0;
  private high = 0n;

  /** @param amount whole number, 0 <= amount <= 2^52 */
  add(amount: number): void {
    this.low += amount;
    if (this.low >= 0x10000000000000) this.carry();
  }

  value(): bigint {
    return this.high + BigInt(this.low);
  }

  /** @returns what makes it forget all that is added from now on */
  mark(): () => void {
    const { low, high } = this;
    return () => {
      this.low = low;
      this.high = high;
    };
  }

  /** 2^52 is where we carry: one more addend below 2^52 cannot leave the exact range. */
  private carry(): void {
    this.high += BigInt(this.low);
    this.low = 0;
  }
}

/** As `mark` of each: what makes all of them forget. */
export function markAll(sums: readonly WholeSum[]): () => void {
  const marks = sums.map((sum) => sum.mark());
  return () => {
    for (const forget of marks) forget();
  };
}
