/**
 * The work of `breakeven`: the question checked, and what is printed and written of the answer. Its own file because
 * its answer is neither a plan nor a table of cells. Checked by test/cli/breakeven.test.ts on the built program.
 */
import { prepareBreakEven } from '../experiment/breakEven.js';
import { type BreakEvenResult, breakEvenDocument } from '../experiment/breakEvenDocument.js';
import { type BreakEvenFound, searchBreakEven } from '../experiment/breakEvenSearch.js';
import { defaultReportFolder } from '../host/reportFolder.js';
import { breakEvenWords, crossingVerdict, crossingWords } from '../report/breakEvenWords.js';
import { breakEvenChart } from '../report/charts/breakEvenChart.js';
import { breakEvenCsv, breakEvenTableOf } from '../report/csv/breakEvenCsv.js';
import { studyLines } from '../report/resultLines.js';
import { tableMarkdown } from '../report/studyMarkdown.js';
import { breakEvenTable } from '../report/terminal/breakEvenTable.js';
import type { Call } from './commands/contract.js';
import type { ExitCode } from './exitCodes.js';
import { refuse, refuseIssues } from './refusal.js';
import { loadScenario } from './scenarioLoading.js';
import { runSearch } from './searching.js';
import { addPictures, addTable, readStudyKinds, type StudyKinds, type StudyMaker } from './studyFiles.js';
import { told } from './sweeping.js';
import { readSweepOutput } from './sweepRequest.js';
import { colourOf, type Terminal } from './terminal.js';
import { version } from './version.js';

export async function breakEven(call: Call, terminal: Terminal): Promise<ExitCode> {
  const { flags, operands } = call;
  const mistakes: string[] = [];
  const { workers, format } = readSweepOutput(call, mistakes);
  const between = (flags.text('between') ?? '').split(',').map((name) => name.trim());
  if (flags.text('between') === undefined) mistakes.push('"breakeven" needs --between a,b: two platforms');
  const kinds = readStudyKinds(flags);
  if (mistakes.length > 0) return refuse(terminal, mistakes);
  const scenarioFile = operands[0] ?? '';
  const { checked, reader } = loadScenario(scenarioFile, flags);
  if (!checked.ok) return refuseIssues(terminal, checked.issues);
  if (checked.warnings.length > 0 && flags.isOn('strict')) return refuseIssues(terminal, checked.warnings);
  const { scenario } = checked.value;
  const [vary, range] = [flags.text('vary-one'), flags.text('axis-range')];
  const prepared = prepareBreakEven(scenario, {
    between,
    ...(vary === undefined ? {} : { vary }),
    ...(range === undefined ? {} : { range }),
  });
  if ('faults' in prepared) return refuse(terminal, prepared.faults);
  const { question } = prepared;
  const resultOf = (found: BreakEvenFound): BreakEvenResult => ({
    scenario: scenario.name,
    seed: scenario.seed,
    question,
    found,
  });
  try {
    return await runSearch({
      call,
      terminal,
      scenario,
      workers,
      headline: ` ${scenario.name}  ${between.join(' and ')}  seed ${scenario.seed}`,
      search: searchBreakEven(question),
      reportFolder: kinds.size === 0 ? null : (flags.text('out') ?? defaultReportFolder(scenarioFile)),
      filesOf: (found) => filesOf(resultOf(found), kinds, { call, terminal, command: 'breakeven' }),
      print(found, paths, { code, complete }) {
        const result = resultOf(found);
        if (format === 'json') terminal.out(jsonOf(result));
        else if (format === 'ndjson') terminal.out(studyLines(version, breakEvenDocument(result), code, complete));
        else if (format === 'csv') terminal.out(breakEvenCsv(result));
        else if (format === 'markdown')
          terminal.out(tableMarkdown(scenario.name, verdictOf(result), breakEvenTableOf(result)));
        else terminal.out(`${breakEvenTable(result, { colour: colourOf(terminal), paths })}\n`);
      },
      isWhole: ({ complete, points }) => complete && points.length > 0,
    });
  } catch (error) {
    return told(error, { call, terminal, seed: scenario.seed, scenarioDigest: reader.digest() });
  }
}

async function filesOf(
  result: BreakEvenResult,
  kinds: StudyKinds,
  who: StudyMaker,
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  const { scenario, seed, found } = result;
  const study = { scenario, seed, verdict: headlineOf(result), charts: [breakEvenChart(result)] };
  await addTable(files, kinds, { name: 'breakeven', table: breakEvenTableOf(result), ...study });
  if (kinds.has('json')) files.set('result.json', jsonOf(result));
  await addPictures(files, kinds, { ...study, notes: found.refusals }, who);
  return files;
}

/** The page's first sentence; its chart says the rest. */
function headlineOf(result: BreakEvenResult): string {
  const [crossing, ...others] = result.found.crossings;
  return crossing && others.length === 0 ? crossingVerdict(result.question, crossing) : breakEvenWords(result);
}

function verdictOf(result: BreakEvenResult): string {
  const [crossing, ...others] = result.found.crossings;
  return crossing && others.length === 0 ? `${crossingWords(result.question, crossing)}.` : breakEvenWords(result);
}

function jsonOf(result: BreakEvenResult): string {
  return `${JSON.stringify(breakEvenDocument(result), null, 2)}\n`;
}
