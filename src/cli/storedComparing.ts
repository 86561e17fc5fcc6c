/**
 * The work of `compare` on two stored reports: first what was asked differently, then what really came out differently.
 * Nothing is simulated. Its own file because it shares nothing with a comparison of platforms but the name. Checked by
 * test/cli/stored.test.ts on the built program.
 */
import { summarizeEach } from '../experiment/gather.js';
import type { CompiledScenario } from '../experiment/prepare.js';
import { compareSides, type StoredComparison } from '../experiment/storedComparison.js';
import { storedDifferencesDocument } from '../experiment/storedDifferencesDocument.js';
import { storedCsv } from '../report/csv/storedCsv.js';
import { storedMarkdown, storedTable } from '../report/terminal/storedTable.js';
import { changesLoad } from '../scenario/treeDifferences.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { refuse } from './refusal.js';
import { inputDifferences, openSide, type Side, unequalLoad } from './storedSide.js';
import { colourOf, type Terminal } from './terminal.js';

/** Exit 0; 10 with --detailed-exitcode where something really differs; 2 where the two cannot be compared. */
export function compareStored(call: Call, terminal: Terminal): ExitCode {
  const [first = '', second = ''] = call.operands;
  const format = formatOf(call);
  if (otherForms.includes(format))
    return refuse(terminal, [`--format ${format} of two stored reports is not supported yet`]);
  if (call.flags.isOn('json') && format !== 'json')
    return refuse(terminal, [`--json and --format ${format} contradict each other`]);
  const sides: Side[] = [];
  for (const folder of [first, second]) {
    const side = openSide(folder, terminal);
    if (typeof side === 'number') return side;
    sides.push(side);
  }
  const [before, after] = sides as [Side, Side]; // One for each folder.
  const [was, is] = sides.map(({ stored: { tree, extent } }) => ({ tree, replications: extent.replications }));
  const inputs = was && is ? inputDifferences(was, is) : [];
  const isUnpaired = call.flags.isOn('unpaired');
  const ofLoad = inputs.filter(changesLoad);
  if (ofLoad.length > 0 && !isUnpaired) return refuse(terminal, [unequalLoad(ofLoad)]);
  const comparison = compareSides({
    before: summarizeEach(before.compiled, before.stored.extent, before.stored.results),
    after: summarizeEach(after.compiled, after.stored.extent, after.stored.results),
    inputs,
    isPaired: ofLoad.length === 0 && !isUnpaired,
    confidence: before.compiled.run.confidence,
  });
  terminal.out(textOf(call, terminal, comparison, after.compiled));
  const differs = comparison.platforms.some(({ differences }) => differences.some(({ isReal }) => isReal));
  return differs && call.flags.isOn('detailed-exitcode') ? exitCodes.differs : exitCodes.ok;
}

function formatOf({ flags }: Call): string {
  return flags.text('format') ?? (flags.isOn('json') ? 'json' : 'table');
}

/** Forms of `--format` that say a single run's course or verdict, which two finished runs have not. */
const otherForms = ['ndjson', 'junit'];

function textOf(
  call: Call,
  terminal: Terminal,
  comparison: StoredComparison,
  { name, seed }: CompiledScenario,
): string {
  const format = formatOf(call);
  if (format === 'csv') return storedCsv(comparison);
  if (format === 'markdown') return storedMarkdown(comparison);
  if (format === 'json') {
    const [before = '', after = ''] = call.operands;
    const document = storedDifferencesDocument(comparison, { before, after, scenario: name, seed });
    return `${JSON.stringify(document, null, 2)}\n`;
  }
  return `${storedTable(comparison, { widthColumns: terminal.columnCount, colour: colourOf(terminal) })}\n`;
}
