/**
 * What the scalers decided, look by look: for people, and as CSV. Its own file because a dry run has no other result.
 */
import type { ScalingDecision } from '../../experiment/scalingDecisions.js';
import { csvText, numberCell, textCell } from '../csv/cells.js';
import { type Colour, type GridColumn, gridLines, plainText } from './grid.js';

const columns: readonly GridColumn[] = [
  { title: 'TIME s', align: 'right' },
  { title: 'SERVICE', align: 'left' },
  { title: 'SCALER', align: 'left' },
  { title: 'OBSERVED', align: 'left' },
  { title: 'FORMULA', align: 'left' },
  { title: 'ASKED', align: 'right' },
  { title: 'WANTED', align: 'right' },
  { title: 'LIMITED BY', align: 'left' },
  { title: 'APPLIED', align: 'right' },
];

export function decisionTable(decisions: readonly ScalingDecision[], colour: Colour): string {
  if (decisions.length === 0) return ' No scaler decided anything: no service of this platform has one.';
  const rows = decisions.map((one) => {
    const isChange = one.applied !== one.before;
    const applied = isChange ? `${one.before} -> ${one.applied}` : String(one.applied);
    return [
      { text: String(one.atS) },
      { text: plainText(one.service) },
      { text: one.scaler },
      { text: one.observed },
      { text: one.formula },
      { text: one.asked === null ? '-' : String(one.asked) },
      { text: String(one.wanted) },
      { text: one.limitedBy },
      isChange ? { text: applied, tone: 'strong' as const } : { text: applied },
    ];
  });
  return gridLines(columns, rows, colour).join('\n');
}

const csvColumns = [
  ...['t_s', 'service', 'scaler', 'observed', 'formula', 'asked', 'wanted', 'limited_by', 'before', 'applied'],
];

export function decisionCsv(decisions: readonly ScalingDecision[]): string {
  return csvText(
    csvColumns,
    decisions.map((one) => [
      numberCell(one.atS),
      textCell(one.service),
      textCell(one.scaler),
      textCell(one.observed),
      textCell(one.formula),
      numberCell(one.asked),
      numberCell(one.wanted),
      textCell(one.limitedBy),
      numberCell(one.before),
      numberCell(one.applied),
    ]),
  );
}
