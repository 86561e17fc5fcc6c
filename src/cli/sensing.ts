/**
 * The work of `sensitivity`: the question checked, and what is printed and written of the answer. Its own file because
 * its answer is a ranking of causes. Checked by test/cli/sensitivity.test.ts on the built program.
 */
import { type SensitivityFound, searchSensitivity } from '../experiment/sensitivity.js';
import { type SensitivityResult, sensitivityDocument } from '../experiment/sensitivityDocument.js';
import { defaultReportFolder } from '../host/reportFolder.js';
import { tornado, tornadoVerdict } from '../report/charts/tornado.js';
import { sensitivityCsv, sensitivityTableOf } from '../report/csv/sensitivityCsv.js';
import { studyLines } from '../report/resultLines.js';
import { tableMarkdown } from '../report/studyMarkdown.js';
import { countedPlainly } from '../report/terminal/grid.js';
import { sensitivityTable } from '../report/terminal/sensitivityTable.js';
import { readShare } from '../units/share.js';
import type { Call } from './commands/contract.js';
import type { ExitCode } from './exitCodes.js';
import { refuse, refuseIssues } from './refusal.js';
import { loadScenario } from './scenarioLoading.js';
import { runSearch } from './searching.js';
import { choosePlatforms } from './simulationRequest.js';
import { addPictures, addTable, readStudyKinds } from './studyFiles.js';
import { told } from './sweeping.js';
import { readSweepOutput } from './sweepRequest.js';
import { colourOf, type Terminal } from './terminal.js';
import { version } from './version.js';

export async function findSensitivity(call: Call, terminal: Terminal): Promise<ExitCode> {
  const { flags, operands } = call;
  const mistakes: string[] = [];
  const { workers, format } = readSweepOutput(call, mistakes);
  const reportKinds = readStudyKinds(flags);
  const share = readShare(flags.text('by') ?? '20%');
  const by = share.ok ? share.value : 0;
  if (!(by > 0 && by < 1))
    mistakes.push(`--by ${JSON.stringify(flags.text('by'))} is no share between 0 and 1, as 20%`);
  if (mistakes.length > 0) return refuse(terminal, mistakes);
  const scenarioFile = operands[0] ?? '';
  const { checked, reader } = loadScenario(scenarioFile, flags);
  if (!checked.ok) return refuseIssues(terminal, checked.issues);
  if (checked.warnings.length > 0 && flags.isOn('strict')) return refuseIssues(terminal, checked.warnings);
  const { scenario, compiled } = checked.value;
  const names = compiled.platforms.map(({ name }) => name);
  const places = choosePlatforms(call, names, true);
  if ('mistakes' in places) return refuse(terminal, places.mistakes);
  const { replications, confidence } = compiled.run;
  const platforms = places.map((place) => names[place]!); // Places are of these names.
  const resultOf = (found: SensitivityFound): SensitivityResult => ({
    scenario: scenario.name,
    seed: scenario.seed,
    replications,
    by,
    found,
  });
  const jsonOf = (found: SensitivityFound): string =>
    `${JSON.stringify(sensitivityDocument(resultOf(found)), null, 2)}\n`;
  try {
    return await runSearch({
      call,
      terminal,
      scenario,
      workers,
      headline: [
        ` ${scenario.name}`,
        countedPlainly(platforms.length, 'platform'),
        `seed ${scenario.seed}`,
        countedPlainly(replications, 'replication'),
      ].join('  '),
      search: searchSensitivity(scenario, { platforms, by, replications, confidence }),
      reportFolder: reportKinds.size === 0 ? null : (flags.text('out') ?? defaultReportFolder(scenarioFile)),
      async filesOf(found) {
        const files = new Map<string, string | Uint8Array>();
        const result = resultOf(found);
        const chart = tornado(result);
        const { name, seed } = scenario;
        const study = { scenario: name, seed, verdict: tornadoVerdict(result), charts: [chart], notes: [] };
        await addTable(files, reportKinds, { ...study, name: 'sensitivity', table: sensitivityTableOf(result) });
        if (reportKinds.has('json')) files.set('result.json', jsonOf(found));
        await addPictures(files, reportKinds, study, { call, terminal, command: 'sensitivity' });
        return files;
      },
      print(found, paths, { code, complete }) {
        const result = resultOf(found);
        if (format === 'json') terminal.out(jsonOf(found));
        else if (format === 'ndjson') terminal.out(studyLines(version, sensitivityDocument(result), code, complete));
        else if (format === 'csv') terminal.out(sensitivityCsv(result));
        else if (format === 'markdown')
          terminal.out(tableMarkdown(scenario.name, tornadoVerdict(result), sensitivityTableOf(result)));
        else terminal.out(`${sensitivityTable(result, { colour: colourOf(terminal), paths })}\n`);
      },
      isWhole: ({ complete, platforms: told }) => complete && told.length > 0,
    });
  } catch (error) {
    return told(error, { call, terminal, seed: scenario.seed, scenarioDigest: reader.digest() });
  }
}
