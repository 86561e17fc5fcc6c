/**
 * The peers: what other simulators gave, what was measured on a real cloud, and arithmetic. Each experiment becomes a
 * scenario and runs through the product; the README in the folder beside (as published to us) says when two numbers agree.
 *
 * A case is known by its inputs, whatever its file is called. By default fewer replications than
 * `npm run conformance:full` runs.
 */
import type { Adapter, ConformanceCase } from './contract.js';
import { judgeFreeFanout, judgeQueueFanout } from './peers/fanout.js';
import { judgeMeasured } from './peers/measured.js';
import { judgeSimFaas } from './peers/simfaas.js';

/** The adapter for a case with these inputs; undefined when it is no peer's. */
export function peerAdapter({ inputs }: ConformanceCase): Adapter | undefined {
  if (typeof inputs !== 'object' || inputs === null) return undefined;
  const has = (name: string): boolean => Object.hasOwn(inputs, name);
  if (has('table')) return judgeMeasured;
  if (has('fanout_n')) return judgeFreeFanout;
  if (has('fanout')) return judgeQueueFanout;
  return has('expiration_threshold_s') ? judgeSimFaas : undefined;
}
