/**
 * A break-even for a terminal: each crossing as a sentence, then what each platform costs along the range. Its own
 * file: an answer first, and the curve behind it.
 */
import type { BreakEvenResult } from '../../experiment/breakEvenDocument.js';
import { breakEvenWords, crossingWords } from '../breakEvenWords.js';
import { figure } from '../figures.js';
import { type Colour, type GridColumn, gridLines, plainText } from './grid.js';

const mostRows = 24;

export interface BreakEvenTableOptions {
  readonly colour: Colour;
  readonly paths: readonly string[];
}

export function breakEvenTable(result: BreakEvenResult, { colour, paths }: BreakEvenTableOptions): string {
  const { question, found } = result;
  const { axis, between } = question;
  const columns: readonly GridColumn[] = [
    { title: axis.vary === 'traffic' ? 'REQUESTS/S' : axis.vary, align: 'right' },
    ...between.map((name): GridColumn => ({ title: `${plainText(name)} USD/month`, align: 'right' })),
    { title: 'CHEAPER', align: 'left' },
  ];
  // Refining adds points close together; the table shows the curve.
  const step = Math.ceil(found.points.length / mostRows);
  const rows = found.points
    .filter((_, place) => place % step === 0 || place === found.points.length - 1)
    .map(({ value, costsUsd, isServed }) => {
      const [first, second] = costsUsd;
      const cheaper = first === second ? 'neither' : between[first < second ? 0 : 1];
      return [
        { text: plainText(axis.vary === 'traffic' ? figure(value, '1') : `${value}${axis.unit}`) },
        ...costsUsd.map((usd) => ({ text: plainText(figure(usd, 'USD')) })),
        isServed ? { text: plainText(cheaper) } : { text: 'not served', tone: 'quiet' as const },
      ];
    });
  return [
    ` ${colour('strong', 'BREAK-EVEN')}  ${plainText(breakEvenWords(result))}`,
    ...found.crossings.map((crossing) => `   ${plainText(crossingWords(question, crossing))}`),
    ...found.refusals.slice(0, 3).map((refusal) => `   not simulated: ${plainText(refusal)}`),
    '',
    ...gridLines(columns, rows, colour),
    ...(paths.length === 0 ? [] : ['', ...paths.map((path) => ` ${plainText(path)}`)]),
  ].join('\n');
}
