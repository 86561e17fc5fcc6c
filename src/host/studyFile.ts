/**
 * `study.json`: what a sweep consists of, beside its finished cells, so that parts made on other machines can be put
 * together without the scenario. Its own file because `sweep --shard` writes it and `merge` reads it. The same study
 * gives the same bytes on every machine.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CellOrder, cellKey } from '../experiment/cells.js';
import { type Design, settingsOf } from '../experiment/designs.js';

export const studyName = 'study.json';

export interface Study {
  readonly madeBy: 'windtunnel';
  readonly version: string;
  readonly scenario: string;
  readonly seed: string;
  readonly scenarioDigest: string;
  readonly design: Design;
  readonly platforms: readonly string[] | null;
  readonly replications: number | null;
}

/** Every order of the study with the name of its cell, in the design's order. */
export function ordersOf(study: Study): readonly { readonly order: CellOrder; readonly key: string }[] {
  const { version, scenarioDigest, design, platforms, replications } = study;
  return settingsOf(design).map((settings) => {
    const order = { settings, platforms, replications };
    return { order, key: cellKey({ version, scenarioDigest, order }) };
  });
}

export function studyText(study: Study): string {
  return `${JSON.stringify(study, null, 2)}\n`;
}

/** The study in a folder, or a sentence on why there is none. */
export function readStudy(folder: string): Study | string {
  let text: string;
  try {
    text = readFileSync(join(folder, studyName), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return `${folder} holds no part of a sweep: no ${studyName} (${code ?? String(error)})`;
  }
  try {
    const study = JSON.parse(text) as Study;
    if (study.madeBy === 'windtunnel' && typeof study.scenarioDigest === 'string') return study;
  } catch {
    // Said below: whatever it is, it is not ours.
  }
  return `${join(folder, studyName)} is damaged; run that part again`;
}
