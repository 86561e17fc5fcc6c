/**
 * Bytes that one visit of each source brings and takes, for meters of transfer and of front doors. Its own file because
 * several charges weigh visits by them.
 */
import type { SourceBytes } from '../billing/contract.js';
import type { Scenario } from '../scenario/contract.js';

/** In order of name; whole bytes. */
export function sourceBytes({ traffic }: Scenario): SourceBytes[] {
  const sorted = [...traffic].sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.map(({ name, bytes }) => ({
    source: name,
    inBytes: Math.round(bytes.inBytes),
    outBytes: Math.round(bytes.outBytes),
  }));
}
