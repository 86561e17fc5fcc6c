/**
 * The work of `selfcheck`: hears the cases that are asked for, and prints every number beside the published one. The
 * cases and the rules by which two numbers agree are a program of their own beside this one, the same that
 * `npm run conformance` uses, loaded here and nowhere else. Checked by test/cli/selfcheck.test.ts.
 */
import { type Cell, type GridColumn, gridLines } from '../report/terminal/grid.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { progressForm, startProgress } from './progress.js';
import { colourOf, type Terminal } from './terminal.js';
import { version } from './version.js';

interface Finding {
  readonly path: string;
  readonly expected: unknown;
  readonly got: unknown;
  readonly isMet: boolean;
}

interface Heard {
  readonly id: string;
  readonly family: string;
  readonly source: string;
  readonly findings: readonly Finding[];
  readonly fault: string | null;
}

/** What the program beside this one offers. */
interface Cases {
  readonly caseIds: readonly string[];
  hear(id: string): Heard;
}

/** Exit 0 when every number is met, 2 for an unknown case, 1 when one is missed: then the engine is wrong. */
export async function selfCheck(call: Call, terminal: Terminal): Promise<ExitCode> {
  if (call.flags.isOn('full')) process.env['CONFORMANCE_FULL'] = '1';
  const cases = (await import(new URL('./selfcheck.js', import.meta.url).href)) as Cases;
  const wanted = call.operands.length === 0 ? cases.caseIds : cases.caseIds.filter((id) => isAsked(id, call.operands));
  const unknown = call.operands.filter((operand) => !cases.caseIds.some((id) => isAsked(id, [operand])));
  if (unknown.length > 0) {
    for (const operand of unknown)
      terminal.complain(`windtunnel: no case is called "${operand}"; known: ${cases.caseIds.join(', ')}`);
    return exitCodes.usage;
  }
  const progress = startProgress(progressForm(call.flags.text('progress'), terminal), terminal, () =>
    performance.now(),
  );
  const heard: Heard[] = [];
  for (const id of wanted) {
    heard.push(cases.hear(id));
    progress.advance(heard.length / wanted.length, 0);
    // Lets an interruption through between two cases.
    await new Promise((resolve) => setImmediate(resolve));
  }
  progress.end();
  terminal.out(call.flags.isOn('json') ? `${JSON.stringify(documentOf(heard), null, 2)}\n` : textOf(heard, terminal));
  return heard.every(isPassed) ? exitCodes.ok : exitCodes.internal;
}

function isAsked(id: string, operands: readonly string[]): boolean {
  return operands.some((operand) => id === operand || id.startsWith(operand));
}

function isPassed({ findings, fault }: Heard): boolean {
  return fault === null && findings.every(({ isMet }) => isMet);
}

function documentOf(heard: readonly Heard[]): unknown {
  const cases = heard.map((one) => ({ ...one, passed: isPassed(one) }));
  return { formatVersion: '1.0', complete: true, version, selfcheck: { cases } };
}

const columns: readonly GridColumn[] = [
  { title: '', align: 'left' },
  { title: 'CASE', align: 'left' },
  { title: 'NUMBER', align: 'left' },
  { title: 'THEIRS', align: 'right' },
  { title: 'OURS', align: 'left' },
];

function textOf(heard: readonly Heard[], terminal: Terminal): string {
  const rows = heard.flatMap(rowsOf);
  const passedCount = heard.filter(isPassed).length;
  const numberCount = heard.reduce((sum, { findings }) => sum + findings.length, 0);
  const lines = gridLines(columns, rows, colourOf(terminal));
  const missed = heard.filter((one) => !isPassed(one)).map(({ id, source }) => ` ${id}: ${source}`);
  const compared = `${numberCount} numbers compared (windtunnel ${version})`;
  return `${[...lines, '', ...missed, ` ${passedCount} of ${heard.length} cases passed, ${compared}`].join('\n')}\n`;
}

function rowsOf({ id, family, findings, fault }: Heard): readonly (readonly Cell[])[] {
  const head: readonly Cell[] = [{ text: '' }, { text: id, tone: 'strong' }, { text: family, tone: 'quiet' }];
  if (fault !== null) return [head, [missedCell, { text: '' }, { text: fault }]];
  return [
    head,
    ...findings.map(({ path, expected, got, isMet }): readonly Cell[] => [
      isMet ? { text: 'ok', tone: 'good' } : missedCell,
      { text: '' },
      { text: path },
      { text: shown(expected) },
      { text: shown(got) },
    ]),
  ];
}

const missedCell: Cell = { text: 'MISS', tone: 'bad' };

/** Six digits are more than any interval here tells apart. */
function shown(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}
