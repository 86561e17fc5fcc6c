/** Tables as Markdown, aligned, so that what a terminal shows can be pasted into a document; the numbers in them. */

/** @param rows cells as text, each row as long as `heads`; all columns but the first are aligned to the right */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) => Math.max(head.length, 3, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' | ')} |`;
  const dashes = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const rule = `| ${dashes.join(' | ')} |`;
  return [line(heads), rule, ...rows.map(line)].join('\n');
}

/** The middle value; of an even number of values the mean of the middle two. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** `1.23 M`, `456 k`, `78`: three figures, for counts and rates. */
export function short(value: number): string {
  if (value >= 999_500) return `${figures(value / 1e6)} M`;
  return value >= 999.5 ? `${figures(value / 1e3)} k` : figures(value);
}

/** Three figures and no exponent: `1.23`, `45.6`, `789`. */
export function figures(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return value.toFixed(decimals);
}

/** `2.31x`. */
export function times(ratio: number): string {
  return Number.isFinite(ratio) ? `${ratio.toFixed(2)}x` : '-';
}
