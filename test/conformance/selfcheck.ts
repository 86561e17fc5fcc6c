/**
 * What `windtunnel selfcheck` runs: the oracles and the peers, as published to us, number by number. Shipped as a program
 * of its own (`dist/selfcheck.js`), so that whoever installed the product can hear it again; the cases travel inside.
 * Checked by test/cli/selfcheck.test.ts.
 */
import type { ConformanceCase, Examiner, Finding } from './contract.js';
import oracleFile from './oracles/oracles.json' with { type: 'json' };
import { examineOracle } from './oracles.js';
import peerFile from './peers/peers.json' with { type: 'json' };
import { peerExaminer } from './peers.js';

/** One case heard: where it is from, and every number it gives beside ours. */
export interface Heard {
  readonly id: string;
  readonly family: string;
  readonly source: string;
  readonly findings: readonly Finding[];
  /** What went wrong where no number came out; null otherwise. */
  readonly fault: string | null;
}

interface Candidate {
  readonly vector: ConformanceCase;
  readonly examine: Examiner;
}

const candidates: readonly Candidate[] = [
  ...(oracleFile.oracles as readonly ConformanceCase[]).map((vector) => ({ vector, examine: examineOracle })),
  ...(peerFile.vectors as readonly ConformanceCase[]).flatMap((vector) => {
    const examine = peerExaminer(vector);
    return examine ? [{ vector, examine }] : [];
  }),
];

/** Ids of all cases, in the order in which they are heard. */
export const caseIds: readonly string[] = candidates.map(({ vector }) => textOf(vector, 'id'));

/** Hears one case through the engine; some take a second, the length is set by CONFORMANCE_FULL. */
export function hear(id: string): Heard {
  const { vector, examine } = candidates[caseIds.indexOf(id)]!;
  const head = { id, family: textOf(vector, 'family') || textOf(vector, 'kind'), source: textOf(vector, 'source') };
  try {
    return { ...head, findings: examine(vector), fault: null };
  } catch (error) {
    return { ...head, findings: [], fault: error instanceof Error ? error.message : String(error) };
  }
}

function textOf(vector: ConformanceCase, name: string): string {
  const value = vector[name];
  return typeof value === 'string' ? value : '';
}
