/**
 * What a conformance case is, and what an adapter is: the one function that runs a case of its family through product
 * code and says where the outcome differs from the expectation.
 */

/** A case as its file gives it: unread, so everything about it is checked. */
export type ConformanceCase = Readonly<Record<string, unknown>>;

/** One leaf of an expectation that was not met. */
export interface Failure {
  /** Where in the expectation, `lines[2].cost`. */
  readonly path: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** One number of a case beside what came out, met or not: what `selfcheck` shows. */
export interface Finding extends Failure {
  readonly isMet: boolean;
}

/** An examiner tells every number it compared; an adapter made of it tells those that were not met. */
export type Examiner = (vector: ConformanceCase) => readonly Finding[];

export function failuresOf(findings: readonly Finding[]): readonly Failure[] {
  return findings.filter(({ isMet }) => !isMet).map(({ path, expected, got }) => ({ path, expected, got }));
}

/** An adapter throws where a case cannot be understood: that, too, fails the case. */
export type Adapter = (vector: ConformanceCase) => readonly Failure[] | Promise<readonly Failure[]>;
