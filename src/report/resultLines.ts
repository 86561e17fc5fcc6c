/**
 * The result as lines of JSON, one event a line, for programs that follow a run: `version`, `progress`, `warning`,
 * `objective`, `result`, `end`. Its own file because its order and names are a promise of the command line.
 * Checked by test/report/junit.test.ts and, through the program, by test/cli/formats.test.ts.
 */
import type { Comparison, ObjectiveResult } from '../experiment/contract.js';
import { type JsonObject, objectiveDocument, resultDocument } from '../experiment/resultDocument.js';
import type { StudyReport } from './study.js';

/** The first line. */
export function versionLine(version: string): string {
  return line({ event: 'version', version, formatVersion: '1.0' });
}

/** @param share done, in [0, 1] */
export function progressLineJson(share: number): string {
  return line({ event: 'progress', share });
}

/** Warnings, then objectives by platform, then the document of `--format json` in one line. */
export function resultLines(comparison: Comparison): string {
  const { platforms, warnings } = comparison;
  return [
    ...warnings.map(({ code, message }) => line({ event: 'warning', platform: null, code, message })),
    ...platforms.flatMap(({ name, warnings: own }) =>
      own.map(({ code, message }) => line({ event: 'warning', platform: name, code, message })),
    ),
    ...platforms.flatMap(({ name, objectives }) => objectives.map((one) => objectiveLine(name, one))),
    line({ event: 'result', result: resultDocument(comparison) }),
  ].join('');
}

/** A sweep or a plan: its objectives by what they are about. */
export function verdictLines({ suites }: Pick<StudyReport, 'suites'>): string {
  return suites.flatMap(({ name, objectives }) => objectives.map((one) => objectiveLine(name, one))).join('');
}

/** Its document in one line, whose JSON is given: before the cells, or all of it, and what follows. */
export function resultLineOf(documentJson: string): string {
  return `${resultLineHead}${documentJson}}\n`;
}

export const resultLineHead = '{"event":"result","result":';

/** All the lines of a study that judges no objective, whose document is given. */
export function studyLines(version: string, document: unknown, exitCode: number, complete: boolean): string {
  return versionLine(version) + resultLineOf(JSON.stringify(document)) + endLine(exitCode, complete);
}

/** The last line: how the program ends. */
export function endLine(exitCode: number, complete: boolean): string {
  return line({ event: 'end', exitCode, complete });
}

function objectiveLine(platform: string, objective: ObjectiveResult): string {
  return line({ event: 'objective', platform, ...objectiveDocument(objective) });
}

function line(event: JsonObject): string {
  return `${JSON.stringify(event)}\n`;
}
