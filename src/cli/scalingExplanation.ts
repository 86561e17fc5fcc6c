/**
 * `run --explain-scaling`: a dry run of the scalers. One replication, nothing written; stdout carries every decision.
 * Its own file because it shares nothing with a simulation but how a scenario is read.
 */
import { formatVersion } from '../experiment/contract.js';
import { scalingDecisions } from '../experiment/scalingDecisions.js';
import { decisionCsv, decisionTable } from '../report/terminal/decisionTable.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { issueText } from './issuePrinting.js';
import { refuse, refuseIssues } from './refusal.js';
import { loadScenario } from './scenarioLoading.js';
import { choosePlatforms, readRequest } from './simulationRequest.js';
import { colourOf, type Terminal } from './terminal.js';

export async function explainScaling(call: Call, terminal: Terminal): Promise<ExitCode> {
  const request = readRequest(call);
  if ('mistakes' in request) return refuse(terminal, request.mistakes);
  const { format, scenarioFile } = request;
  if (format === 'markdown') return refuse(terminal, ['--explain-scaling is printed as table, json or csv']);
  const { checked } = loadScenario(scenarioFile, call.flags);
  if (!checked.ok) return refuseIssues(terminal, checked.issues);
  const { compiled } = checked.value;
  const chosen = choosePlatforms(
    call,
    compiled.platforms.map(({ name }) => name),
    false,
  );
  if ('mistakes' in chosen) return refuse(terminal, chosen.mistakes);
  if (checked.warnings.length > 0 && call.flags.isOn('strict')) return refuseIssues(terminal, checked.warnings);
  if (checked.warnings.length > 0) terminal.note(issueText(checked.warnings, terminal.errColors));
  const platform = compiled.platforms[chosen[0] ?? 0]!;
  const decisions = scalingDecisions(platform);
  if (format === 'json') {
    const { name: scenario, seed } = compiled;
    const head = { formatVersion, complete: true, scenario, seed, platform: platform.name };
    terminal.out(`${JSON.stringify({ ...head, scaling: decisions }, null, 2)}\n`);
  } else if (format === 'csv') terminal.out(decisionCsv(decisions));
  else terminal.out(`${decisionTable(decisions, colourOf(terminal))}\n`);
  return exitCodes.ok;
}
