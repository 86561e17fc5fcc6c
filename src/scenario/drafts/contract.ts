/**
 * What a draft is: a scenario made of something else (manifests, recorded traces, a log), and all that the source could
 * not tell. Its own file because every source makes one and the writer prints one.
 */

/** Plain data of a scenario, in the language's own keys. */
export interface Sections {
  readonly [key: string]: unknown;
}

export interface Draft {
  readonly name: string;
  readonly sections: Sections;
  /** What could not be known and was assumed, one sentence each; they stand at the top of the draft. */
  readonly unknown: readonly string[];
}

/** A file that was given, by the name to call it. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

export type Drafted = { readonly ok: true; readonly draft: Draft } | { readonly ok: false; readonly fault: string };

export interface DraftSource {
  readonly kind: string;
  /** What it is, for the help. */
  readonly summary: string;
  /** Endings of the files it takes from a folder. */
  readonly endings: readonly string[];
  read(files: readonly SourceFile[]): Drafted;
}

/** What stands for work nobody told of. */
export const assumedWork = { cpu: '5ms' } as const;
export const assumedRate = '10/s';
