/**
 * What changes the bill, for a terminal: one block a platform, a bar a factor, the largest swing first (a tornado). Its
 * own file: a ranking of causes, not a comparison.
 */

import type { Effect, FactorFound, PlatformSensitivity } from '../../experiment/sensitivity.js';
import type { SensitivityResult } from '../../experiment/sensitivityDocument.js';
import { figure } from '../figures.js';
import { type Colour, gridLines, plainText } from './grid.js';

const halfWidth = 16;

export interface SensitivityTableOptions {
  readonly colour: Colour;
  readonly paths: readonly string[];
}

export function sensitivityTable(result: SensitivityResult, { colour, paths }: SensitivityTableOptions): string {
  const { found, by } = result;
  const percent = `${Number((by * 100).toPrecision(3))} %`;
  return [
    ` ${colour('strong', 'WHAT CHANGES THE BILL')}  each ${percent} less and ${percent} more, USD a month`,
    ...found.platforms.flatMap((platform) => block(platform, colour)),
    ...(paths.length === 0 ? [] : ['', ...paths.map((path) => ` ${plainText(path)}`)]),
  ].join('\n');
}

function block({ platform, costMonthUsd, factors }: PlatformSensitivity, colour: Colour): string[] {
  const most = Math.max(...factors.map(({ swingUsd }) => swingUsd), 0);
  const rows = factors.map((factor) => [
    { text: plainText(factor.what === '' ? factor.factor : `${factor.factor} (${factor.what})`) },
    { text: effectText(factor.less) },
    { text: barOf(factor, most) },
    { text: effectText(factor.more) },
  ]);
  const columns = [
    { title: plainText(`${platform}  ${figure(costMonthUsd, 'USD')}`), align: 'left' },
    { title: 'LESS', align: 'right' },
    { title: '', align: 'left' },
    { title: 'MORE', align: 'left' },
  ] as const;
  return ['', ...gridLines(columns, rows, colour)];
}

function effectText(effect: Effect | null): string {
  if (!effect) return 'n/a';
  const { differenceUsd, ci } = effect;
  const isNoise = ci !== null && ci[0] <= 0 && ci[1] >= 0;
  const sign = differenceUsd > 0 ? '+' : differenceUsd < 0 ? '-' : '';
  return plainText(`${isNoise && differenceUsd !== 0 ? '~' : ''}${sign}${figure(Math.abs(differenceUsd), 'USD')}`);
}

/** From the middle, to the left what makes the bill smaller, to the right what makes it larger. */
function barOf({ less, more }: FactorFound, most: number): string {
  const effects = [less?.differenceUsd ?? 0, more?.differenceUsd ?? 0];
  const cells = (usd: number): number => (most === 0 ? 0 : Math.round((usd / most) * halfWidth));
  const left = cells(Math.max(0, -Math.min(...effects)));
  const right = cells(Math.max(0, ...effects));
  return `${' '.repeat(halfWidth - left)}${'#'.repeat(left)}|${'#'.repeat(right)}${' '.repeat(halfWidth - right)}`;
}
