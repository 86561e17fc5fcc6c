/**
 * What `explain` prints: settings with where each is from, who decides what, what is not modelled; a preset's
 * parameters with their sources. Its own file because it is text in columns, like the tables beside it.
 * Checked by test/cli/explain.test.ts on the built program.
 */
import type { ExplainedSetting, Explanation, ParameterRow, PresetParameters } from '../../experiment/explanation.js';
import { wrapped } from './comparisonTable.js';
import { type Cell, type Colour, type GridColumn, gridLines, plainText } from './grid.js';

const settingColumns: readonly GridColumn[] = [
  { title: 'SETTING', align: 'left' },
  { title: 'VALUE', align: 'left' },
  { title: 'FROM', align: 'left' },
];

/** The settings, platform by platform; with `isPart` nothing beside them. Ends with a line end. */
export function explanationText(
  { scenario, settings, platforms, notModelled }: Explanation,
  { colour, isPart }: { readonly colour: Colour; readonly isPart: boolean },
): string {
  const lines = [
    ...(isPart ? [] : [colour('strong', plainText(scenario)), '']),
    ...(settings.length === 0 ? [] : [...settingLines(settings, colour), '']),
    ...platforms.flatMap(({ name, preset, yours, theirs, settings: own }) => [
      colour('strong', plainText(`${name} (preset ${preset})`)),
      ...settingLines(own, colour),
      ...(isPart ? [] : [` Yours to decide (${yours.length}): ${listed(yours)}`]),
      ...(isPart ? [] : [` The provider’s (${theirs.length}): ${listed(theirs)}`]),
      '',
    ]),
    ...(isPart ? [] : [colour('strong', 'Not modelled'), ...notModelled.map((sentence) => ` ${sentence}`)]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function settingLines(settings: readonly ExplainedSetting[], colour: Colour): string[] {
  const rows = settings.map(({ path, value, origin }): Cell[] => [
    { text: plainText(path) },
    { text: shortened(plainText(value)) },
    { text: plainText(origin), tone: 'quiet' },
  ]);
  return gridLines(settingColumns, rows, colour);
}

/** A list of steps or a profile may be long; the file has it whole. */
const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

const listed = (items: readonly string[]): string => (items.length === 0 ? 'nothing' : items.join(', '));

/** A preset's parameters, one paragraph each of at most three parts; ends with a line end. */
export function presetText(
  preset: PresetParameters,
  { widthColumns, colour }: { readonly widthColumns: number; readonly colour: Colour },
): string {
  const { name, title, region, claimedLevel, yours, theirs, parameters, coldStarts, charges } = preset;
  const section = (heading: string, rows: readonly ParameterRow[]): string[] =>
    rows.length === 0
      ? []
      : ['', colour('strong', heading), ...rows.flatMap((row) => rowLines(row, widthColumns, colour))];
  const claim =
    claimedLevel === null ? 'no serverless level is claimed' : `serverless level ${claimedLevel} is claimed`;
  const lines = [
    colour('strong', `${name}: ${title}`),
    ` ${region === null ? 'No region' : `Prices of ${region}`}; ${claim}.`,
    ` Yours to decide (${yours.length} of ${yours.length + theirs.length}): ${listed(yours)}`,
    ` The provider’s (${theirs.length}): ${listed(theirs)}`,
    ...section('Parameters', parameters),
    ...section('Cold starts measured', coldStarts),
    ...section('Charges', charges),
  ];
  return `${lines.join('\n')}\n`;
}

/** `name: value unit`, then indented how sure it is, where from and of when. */
function rowLines(row: ParameterRow, widthColumns: number, colour: Colour): string[] {
  const unit = row.unit === '' ? '' : ` ${row.unit}`;
  const indented = (text: string): string[] =>
    wrapped(text, Math.max(20, widthColumns - 4)).map((line) => colour('quiet', `    ${line.trimStart()}`));
  return [
    ...wrapped(`${row.name}: ${row.value}${unit}`, widthColumns - 1).map((line) => ` ${line}`),
    ...indented(provenance(row)),
  ];
}

/** `verified, 2023-05-23: MicrosoftDocs/…; Windows; Linux 100`. */
export function provenance({ status, date, source, note }: ParameterRow): string {
  const when = date === '' ? 'undated' : date;
  return `${status}, ${when}: ${source}${note === '' ? '' : `; ${note}`}`;
}
