/**
 * Who is cheapest at which traffic: the lower envelope of the cost curves, with its crossings.
 *
 * Its own file because the caption's numbers are a claim of their own, and are tested against curves crossed by hand.
 */

export interface CostLine {
  readonly title: string;
  /** In increasing traffic, above zero. */
  readonly points: readonly { readonly requestsPerMonth: number; readonly costMonthUsd: number }[];
}

export interface CheapestRange {
  /** More than one where they cost the same, as free tiers make them. */
  readonly names: readonly string[];
  /** Whether that cost is no more than a cent. */
  readonly isFree: boolean;
  readonly fromRequests: number;
  readonly toRequests: number;
  /** What the cheapest costs there, in US dollars. */
  readonly costUsdAtEnd: number;
}

/** What is drawn as nothing, in US dollars: a logarithmic axis has no zero. */
export const floorUsd = 0.01;

/**
 * Ranges of requests a month in increasing order, each with the cheapest line or lines; empty without lines. Between
 * points costs follow straight lines on logarithmic axes, and so do the crossings, which are found by bisection.
 */
export function cheapestRanges(lines: readonly CostLine[]): CheapestRange[] {
  const grid = [...new Set(lines.flatMap(({ points }) => points.map(({ requestsPerMonth }) => requestsPerMonth)))];
  grid.sort((a, b) => a - b);
  const ranges: CheapestRange[] = [];
  let from = grid[0];
  if (from === undefined) return ranges;
  let current = cheapestAt(lines, from);
  for (let index = 1; index < grid.length; index++) {
    let low = grid[index - 1] ?? from;
    const high = grid[index] ?? low;
    // Several crossings may lie between two points of the grid; each pass finds the first that is left.
    for (let pass = 0; pass <= lines.length && cheapestAt(lines, high).key !== current.key; pass++) {
      const at = crossing(lines, current.key, low, high);
      ranges.push(rangeOf(lines, current, from, at));
      from = at;
      low = at;
      current = cheapestAt(lines, Math.min(high, at * 1.000_001));
    }
  }
  ranges.push(rangeOf(lines, current, from, grid[grid.length - 1] ?? from));
  return ranges;
}

function rangeOf(lines: readonly CostLine[], { names, isFree }: Cheapest, from: number, to: number): CheapestRange {
  const costUsdAtEnd = Math.min(...lines.map((line) => costAt(line, to)));
  // Who begins at nothing and stays the cheapest is not free to the end of it.
  const isFreeToEnd = isFree && costUsdAtEnd <= floorUsd * 1.01;
  return { names, isFree: isFreeToEnd, fromRequests: from, toRequests: to, costUsdAtEnd };
}

/** Where, in (low, high], the set of cheapest lines stops being `key`. */
function crossing(lines: readonly CostLine[], key: string, low: number, high: number): number {
  let before = low;
  let after = high;
  for (let step = 0; step < 60; step++) {
    const middle = Math.sqrt(before * after);
    if (cheapestAt(lines, middle).key === key) before = middle;
    else after = middle;
  }
  return after;
}

interface Cheapest {
  readonly names: readonly string[];
  readonly isFree: boolean;
  readonly key: string;
}

function cheapestAt(lines: readonly CostLine[], requests: number): Cheapest {
  const costs = lines.map((line) => Math.max(floorUsd, costAt(line, requests)));
  const least = Math.min(...costs);
  const places = costs.flatMap((cost, index) => (cost <= least * (1 + 1e-9) ? [index] : []));
  return { names: places.map((place) => lines[place]?.title ?? ''), isFree: least <= floorUsd, key: places.join() };
}

function costAt({ points }: CostLine, requests: number): number {
  const above = points.findIndex(({ requestsPerMonth }) => requestsPerMonth >= requests);
  const right = points[above === -1 ? points.length - 1 : above];
  const left = points[Math.max(0, (above === -1 ? points.length - 1 : above) - 1)];
  if (right === undefined || left === undefined) return Number.POSITIVE_INFINITY;
  if (right.requestsPerMonth <= requests || left === right) return right.costMonthUsd;
  const share = Math.log(requests / left.requestsPerMonth) / Math.log(right.requestsPerMonth / left.requestsPerMonth);
  const [from, to] = [left, right].map(({ costMonthUsd }) => Math.log(Math.max(floorUsd, costMonthUsd)));
  return Math.exp((from ?? 0) + share * ((to ?? 0) - (from ?? 0)));
}
