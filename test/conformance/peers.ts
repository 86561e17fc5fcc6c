/**
 * The peers: what other simulators gave, what was measured on a real cloud, and arithmetic. Each experiment becomes a
 * scenario and runs through the product; the README in the folder beside (as published to us) says when two numbers agree.
 *
 * A case is known by its inputs, whatever its file is called. By default fewer replications than
 * `npm run conformance:full` runs.
 */
import type { ConformanceCase, Examiner } from './contract.js';
import { examineFreeFanout, examineQueueFanout } from './peers/fanout.js';
import { examineMeasured } from './peers/measured.js';
import { examineSimFaas } from './peers/simfaas.js';

/** The examiner of a case with these inputs; undefined when it is no peer's. */
export function peerExaminer({ inputs }: ConformanceCase): Examiner | undefined {
  if (typeof inputs !== 'object' || inputs === null) return undefined;
  const has = (name: string): boolean => Object.hasOwn(inputs, name);
  if (has('table')) return examineMeasured;
  if (has('fanout_n')) return examineFreeFanout;
  if (has('fanout')) return examineQueueFanout;
  return has('expiration_threshold_s') ? examineSimFaas : undefined;
}
