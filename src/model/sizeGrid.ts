/**
 * Arithmetic on the steps in which sizes are sold: the step that holds an amount, and the steps nearest to one. Its own
 * file because it knows nothing of services and platforms. Checked through test/model/sizes.test.ts.
 */
import type { SizeGrid } from '../platforms/contract.js';

/** The asked amount itself for a choice, the next step up for a need; null when it lies outside. */
export function onGrid(
  { amount, isChoice }: { readonly amount: number; readonly isChoice: boolean },
  min: number,
  max: number,
  step: number,
): number | null {
  const stepCount = Math.max(0, Math.ceil((amount - min) / step - 1e-9));
  const value = Number((min + stepCount * step).toPrecision(12));
  if (value > max + 1e-9) return null;
  return isChoice && !same(value, amount) ? null : value;
}

export function nearOnGrid(amount: number, min: number, max: number, step: number): readonly number[] {
  const last = Math.floor((max - min) / step + 1e-9);
  const below = Math.max(0, Math.min(last - 1, Math.floor((amount - min) / step)));
  const values = [below, Math.min(last, below + 1)].map((count) => Number((min + count * step).toPrecision(12)));
  return values;
}

export const vCpusNear = ({ vCpuMin, vCpuMax, vCpuStep }: SizeGrid, amount: number): readonly number[] =>
  nearOnGrid(amount, vCpuMin, vCpuMax, vCpuStep);

export const same = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9;
export const holds = (offered: number, wanted: number): boolean => offered >= wanted - 1e-9;

/** The two different values around `amount`, or beyond the ends the two nearest; the smaller first. */
export function nearestTwo(amount: number, values: readonly number[]): readonly number[] {
  const rising = [...new Set(values)].sort((a, b) => a - b);
  const above = rising.findIndex((value) => value > amount);
  const first = above < 0 ? rising.length - 2 : above - 1;
  return rising.slice(Math.max(0, first), Math.max(0, first) + 2);
}
