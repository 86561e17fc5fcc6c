/** What can be wrong with a rate, in words that tell the mend: the same words for every kind of arrivals. */
export function rateFault(ratePerSecond: number): string | undefined {
  if (!Number.isFinite(ratePerSecond)) return 'the rate must be a finite number';
  return ratePerSecond < 0 ? 'the rate must not be negative' : undefined;
}
