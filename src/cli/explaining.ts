/**
 * The work of `explain`: a scenario as it holds with the origin of each value, or a preset with its sources. Its own
 * file so that its imports load only when there is something to explain. Checked by test/cli/explain.test.ts.
 */
import {
  type Explanation,
  explainScenario,
  explanationAt,
  presetNames,
  presetParameters,
} from '../experiment/explanation.js';
import { explanationText, presetText } from '../report/terminal/explanationText.js';
import { suggest } from '../scenario/nearest.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { issueText } from './issuePrinting.js';
import { refuse, refuseIssues } from './refusal.js';
import { loadScenario, setMistakes } from './scenarioLoading.js';
import { colourOf, type Terminal } from './terminal.js';

const formatVersion = '1.0';

export function explain(call: Call, terminal: Terminal): ExitCode {
  const preset = call.flags.text('preset');
  const slips = setMistakes(call.flags);
  if (slips.length > 0) return refuse(terminal, slips);
  if (preset === undefined) return explainFile(call, terminal);
  if (call.operands.length > 0) return refuse(terminal, ['--preset explains a preset: it takes no file']);
  return explainPreset(preset, call, terminal);
}

function explainPreset(name: string, { flags }: Call, terminal: Terminal): ExitCode {
  const found = presetParameters(name);
  if (!found) return refuse(terminal, [`there is no preset ${JSON.stringify(name)}; ${suggest(name, presetNames)}`]);
  if (flags.isOn('json')) terminal.out(`${JSON.stringify({ formatVersion, preset: found }, null, 2)}\n`);
  else terminal.out(presetText(found, { widthColumns: terminal.columnCount, colour: colourOf(terminal) }));
  return exitCodes.ok;
}

function explainFile(call: Call, terminal: Terminal): ExitCode {
  const [file, path] = call.operands;
  if (file === undefined) return refuse(terminal, ['"explain" needs <file>, or --preset <name>']);
  const { checked } = loadScenario(file, call.flags);
  if (!checked.ok) return refuseIssues(terminal, checked.issues);
  if (checked.warnings.length > 0) terminal.note(issueText(checked.warnings, terminal.errColors));
  const whole = explainScenario(checked.value.scenario, checked.value.compiled);
  const shown = path === undefined ? whole : explanationAt(whole, path);
  if (shown === null) return refuse(terminal, [`nothing is set at ${path}; ${suggest(path ?? '', pathsOf(whole))}`]);
  if (call.flags.isOn('json')) terminal.out(`${JSON.stringify(documentOf(shown), null, 2)}\n`);
  else terminal.out(explanationText(shown, { colour: colourOf(terminal), isPart: path !== undefined }));
  return exitCodes.ok;
}

function documentOf({ scenario, seed, ...explain }: Explanation): object {
  return { formatVersion, complete: true, scenario, seed, explain };
}

/** Every path and every part above it. */
function pathsOf({ settings, platforms }: Explanation): readonly string[] {
  const full = [...settings, ...platforms.flatMap((platform) => platform.settings)].map(({ path }) => path);
  const parts = full.flatMap((path) => path.split('.').map((_, count, all) => all.slice(0, count + 1).join('.')));
  return [...new Set(parts)];
}
