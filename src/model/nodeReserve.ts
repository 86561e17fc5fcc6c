/**
 * What services can use of a node: capacity less what the system keeps, by the provider's published formula (the shares
 * and amounts are the preset's; how they add up is here). Checked by test/model/nodes.test.ts against providers'
 * examples.
 */
import type { NodeReserve } from '../platforms/contract.js';

export interface NodeSize {
  readonly vCpu: number;
  readonly memoryMb: number;
}

/** @param podCount pods the node may hold, where its type says so; else the reserve's own */
export function allocatable({ vCpu, memoryMb }: NodeSize, reserve: NodeReserve, podCount: number | null): NodeSize {
  const pods = podCount ?? reserve.podCount;
  const keptMb =
    kept(memoryMb, reserve.memoryShares) + reserve.memoryPerPodMb * pods + reserve.memoryFixedMb + reserve.evictionMb;
  return {
    // In whole thousandths, as kubelets say it: sums of shares are not exact in binary.
    vCpu: Math.round((vCpu - kept(vCpu, reserve.cpuShares)) * 1000) / 1000,
    memoryMb: Math.max(0, memoryMb - keptMb),
  };
}

/** So much of each successive piece of `amount`. */
function kept(amount: number, shares: NodeReserve['cpuShares']): number {
  let left = amount;
  let sum = 0;
  for (const [width, share] of shares) {
    const piece = Math.min(left, width);
    sum += piece * share;
    left -= piece;
  }
  return sum;
}
