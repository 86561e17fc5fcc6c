/**
 * The disk as `scenario` asks for it: files that a scenario names, through the gate of `scenarioReader.ts`.
 *
 * Its own file because the gate speaks in clauses for people, and `scenario` in the few reasons it has words for.
 */
import type { ScenarioFiles } from '../scenario/files.js';
import type { ScenarioReader } from './scenarioReader.js';

export function scenarioFiles(reader: ScenarioReader): ScenarioFiles {
  return {
    read(pathAsWritten, fromFile) {
      const reading = reader.read(pathAsWritten, fromFile);
      if (reading.ok) return { ok: true, text: reading.text, file: reader.nameOf(pathAsWritten, fromFile) };
      return { ok: false, why: reading.why };
    },
  };
}
