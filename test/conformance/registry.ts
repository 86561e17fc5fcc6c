/**
 * Which adapter runs a case: one line for each table of families. A case's family is its own word for it, else its
 * file's name; a bill is known by the platform it is for, an oracle by its parameters and mapping, a peer's case by
 * its inputs, whatever its family.
 */
import { adapters as billingAdapters } from './billing.js';
import { type Adapter, type ConformanceCase, failuresOf } from './contract.js';
import { examineOracle, isOracle } from './oracles.js';
import { orchestrationAdapters } from './orchestration.js';
import { peerExaminer } from './peers.js';

const billByPlatform: ReadonlyMap<string, Adapter> = new Map(
  Object.entries(billingAdapters).map(([platform, check]) => [platform, (vector) => check(vector).failures]),
);

/** Families by name. */
const families: ReadonlyMap<string, Adapter> = new Map([...orchestrationAdapters]);

/** The family of a case in a file called `fileName` (its base name, without `.json`). */
export function familyOf(vector: ConformanceCase, fileName: string): string {
  return typeof vector['family'] === 'string' ? vector['family'] : fileName;
}

/** The adapter for a case; undefined when its family is unknown. */
export function findAdapter(vector: ConformanceCase, fileName: string): Adapter | undefined {
  const byFamily = families.get(familyOf(vector, fileName));
  if (byFamily) return byFamily;
  const examine = isOracle(vector) ? examineOracle : peerExaminer(vector);
  if (examine) return (one) => failuresOf(examine(one));
  const { platform } = vector;
  return typeof platform === 'string' ? billByPlatform.get(platform) : undefined;
}
