/**
 * The work of `validate`: every file checked as `run` would, nothing simulated. Its own file so that its imports load
 * only when there is something to check. Checked by test/cli/mistakes.test.ts on the built program.
 */
import { objectiveDoubts } from '../experiment/objectiveDoubts.js';
import { stalePriceIssues } from '../experiment/stalePrices.js';
import { doubts, explainRule, rules } from '../scenario/rules.js';
import { type Issue, sortIssues } from '../units/issue.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { issuesGithub, issuesJson, issuesSarif, issueText } from './issuePrinting.js';
import { type Loaded, loadScenario, setMistakes } from './scenarioLoading.js';
import type { Terminal } from './terminal.js';
import { todayText } from './today.js';
import { version } from './version.js';

export function validateFiles(call: Call, terminal: Terminal): ExitCode {
  const rule = call.flags.text('explain');
  if (rule !== undefined) return explain(rule, terminal);
  const slips = setMistakes(call.flags);
  for (const slip of slips) terminal.complain(`windtunnel: ${slip}`);
  if (slips.length > 0) return exitCodes.usage;
  const texts = new Map<string, string>();
  const issues: Issue[] = [];
  for (const file of call.operands) {
    const { checked, reader } = loadScenario(file, call.flags);
    for (const [name, text] of reader.texts()) texts.set(name, text);
    issues.push(...(checked.ok ? [...checked.warnings, ...expected(checked.value)] : checked.issues));
  }
  print(call, issues, texts, terminal);
  const isStrict = call.flags.isOn('strict');
  return issues.some(({ severity }) => severity === 'error' || isStrict) ? exitCodes.usage : exitCodes.ok;
}

/** What can be said before a run and not of its result. */
function expected({ scenario, compiled }: Loaded): Issue[] {
  return sortIssues([...stalePriceIssues(scenario, compiled, todayText()), ...objectiveDoubts(scenario, compiled)]);
}

function print(call: Call, issues: readonly Issue[], texts: ReadonlyMap<string, string>, terminal: Terminal): void {
  const form = call.flags.text('issue-format') ?? 'pretty';
  if (form === 'json') terminal.out(issuesJson(call.operands, issues));
  else if (form === 'github') terminal.out(issuesGithub(issues));
  else if (form === 'sarif') terminal.out(issuesSarif(issues, version));
  else if (issues.length === 0) {
    const { length } = call.operands;
    terminal.note(
      `${length === 1 ? `${call.operands[0]} is` : `all ${length} files are`} right. Nothing was simulated.`,
    );
  } else {
    const text = issueText(issues, terminal.errColors, (file) => texts.get(file));
    terminal.complain(`${text}. Nothing was simulated.`);
  }
}

function explain(rule: string, terminal: Terminal): ExitCode {
  const sentence = explainRule(rule);
  if (sentence === undefined) {
    const known = Object.keys({ ...rules, ...doubts }).join(', ');
    terminal.complain(`windtunnel: there is no rule ${JSON.stringify(rule)}; rules: ${known}`);
    return exitCodes.usage;
  }
  terminal.out(`${rule}\n  ${sentence}\n`);
  return exitCodes.ok;
}
