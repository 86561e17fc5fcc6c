/**
 * The standard exponential and the standard normal by ziggurat: half the time of -log(u), a third of Box-Muller's.
 *
 * Layers cover the density with equal areas; a point under the next layer's edge is taken at once (99% of draws).
 * Source: Marsaglia and Tsang, "The Ziggurat Method", J. Stat. Softw. 5(8), 2000, with the mend of Doornik (2005): the
 * layer and the position in it come from different bits. Positions have 53 bits. Tables are built once at load.
 * Checked against closed-form moments and quantiles in `test/random/ziggurat.test.ts`.
 */
import type { Draws } from './draws.js';

const layerCount = 256;
/** Where each density's tail begins, and the area of one layer, so that 256 layers close at the top. */
const exponentialTail = 7.69711747013105;
const exponentialArea = 0.003949659822581557;
const normalTail = 3.654152885361009;
const normalArea = 0.004928673233974655;

const exponentialEdge = new Float64Array(layerCount + 1);
const exponentialHeight = new Float64Array(layerCount + 1);
const normalEdge = new Float64Array(layerCount + 1);
const normalHeight = new Float64Array(layerCount + 1);

buildLayers(exponentialEdge, exponentialHeight, {
  tail: exponentialTail,
  area: exponentialArea,
  density: (x) => Math.exp(-x),
  inverse: (height) => -Math.log(height),
});
buildLayers(normalEdge, normalHeight, {
  tail: normalTail,
  area: normalArea,
  density: (x) => Math.exp(-0.5 * x * x),
  inverse: (height) => Math.sqrt(-2 * Math.log(height)),
});

/** A sample of the exponential distribution of mean 1, >= 0 and below 45 + 7.7. Takes two words, seldom more. */
export function standardExponential(draws: Draws): number {
  const word = draws.pair();
  const layer = word & 255;
  const x = ((word >>> 8) * 536870912 + (draws.second >>> 3)) * 2 ** -53 * exponentialEdge[layer]!;
  return x < exponentialEdge[layer + 1]! ? x : +exponentialAtEdge(draws, layer, x);
}

/**
 * One draw in a hundred: `x` is in the tail, or between its layer's edge and the next one's. Apart, to keep the way of
 * the others so short that V8 puts it wherever it is called.
 */
function exponentialAtEdge(draws: Draws, layer: number, x: number): number {
  if (layer === 0) return exponentialTail - Math.log(1 - draws.uniform());
  const low = exponentialHeight[layer]!;
  const isBelow = low + draws.uniform() * (exponentialHeight[layer + 1]! - low) < Math.exp(-x);
  return isBelow ? x : standardExponential(draws);
}

/** A sample of the normal distribution of mean 0 and standard deviation 1. Takes two words, seldom more. */
export function standardNormal(draws: Draws): number {
  const word = draws.pair();
  const layer = word & 255;
  const size = ((word >>> 9) * 1073741824 + (draws.second >>> 2)) * 2 ** -53 * normalEdge[layer]!;
  if (size >= normalEdge[layer + 1]!) return normalAtEdge(draws, word, size);
  return (word & 256) === 0 ? size : -size;
}

function normalAtEdge(draws: Draws, word: number, size: number): number {
  const layer = word & 255;
  const isPositive = (word & 256) === 0;
  if (layer === 0) return isPositive ? normalBeyondTail(draws) : -normalBeyondTail(draws);
  const low = normalHeight[layer]!;
  const isBelow = low + draws.uniform() * (normalHeight[layer + 1]! - low) < Math.exp(-0.5 * size * size);
  if (!isBelow) return standardNormal(draws);
  return isPositive ? size : -size;
}

/** Marsaglia's (1964) tail: x beyond `normalTail` with the normal's density. */
function normalBeyondTail(draws: Draws): number {
  for (;;) {
    const beyond = -Math.log(1 - draws.uniform()) / normalTail;
    const gauge = -Math.log(1 - draws.uniform());
    if (2 * gauge >= beyond * beyond) return normalTail + beyond;
  }
}

interface Shape {
  readonly tail: number;
  readonly area: number;
  density(x: number): number;
  inverse(height: number): number;
}

/** Layer 0 is the lowest: a box as wide as its area (its tail included) is over the density at the tail. */
function buildLayers(edge: Float64Array, height: Float64Array, { tail, area, density, inverse }: Shape): void {
  edge[0] = area / density(tail);
  height[0] = 0;
  edge[1] = tail;
  height[1] = density(tail);
  for (let layer = 2; layer < layerCount; layer++) {
    height[layer] = height[layer - 1]! + area / edge[layer - 1]!;
    edge[layer] = inverse(height[layer]!);
  }
  edge[layerCount] = 0;
  height[layerCount] = 1;
}
