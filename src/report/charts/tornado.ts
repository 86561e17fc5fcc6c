/**
 * What changes the bill most: for each platform the things that were changed, the one that moves the bill most on top,
 * with a bar to the left for what came cheaper and one to the right for what came dearer.
 *
 * Its own file: it draws a sensitivity and not a comparison, and is not among the registry's charts.
 */
import type { FactorFound, PlatformSensitivity } from '../../experiment/sensitivity.js';
import type { SensitivityResult } from '../../experiment/sensitivityDocument.js';
import { figure, listNames, shortName } from '../figures.js';
import type { Bar, ChartDescription, Panel, Segment } from './contract.js';
import { namesAxis, spanAxis } from './ticks.js';

/** One panel a platform, on one axis. */
export function tornado({ found, by }: SensitivityResult): ChartDescription {
  const { platforms } = found;
  const share = figure(by, 'share');
  return {
    name: 'tornado',
    title: 'What changes the bill most',
    caption: platforms.length === 0 ? 'Nothing was simulated.' : platforms.map((one) => caption(one, share)).join(' '),
    reading:
      `One row for each thing that was changed, all else as it is; dollars a month more or less than without. ` +
      `Full: ${share} more of it. Light: ${share} less of it. Instances are changed by one at least.`,
    empty: platforms.length === 0 ? 'Nothing could be simulated.' : null,
    panels: panels(platforms),
    table: {
      columns: ['platform', 'changed', 'less of it (USD a month)', 'more of it (USD a month)', 'bill (USD a month)'],
      rows: platforms.flatMap(({ platform, costMonthUsd, factors }) =>
        factors.map((factor) => [
          platform,
          nameOf(factor),
          factor.less?.differenceUsd ?? null,
          factor.more?.differenceUsd ?? null,
          costMonthUsd,
        ]),
      ),
      note: null,
    },
  };
}

/** What moves the bill most, in one sentence for the head of a page. */
export function tornadoVerdict({ found: { platforms }, by }: SensitivityResult): string {
  const [first] = platforms;
  if (first === undefined) return 'Nothing could be simulated.';
  if (platforms.length === 1) return caption(first, figure(by, 'share'));
  const told = platforms.map(({ platform, factors: [most] }) => {
    const what = most === undefined || most.swingUsd === 0 ? 'nothing' : nameOf(most);
    return `${what} on ${shortName(platform, 40)}`;
  });
  return `What moves the bill most: ${listNames(told)}.`;
}

function caption({ platform, costMonthUsd, factors }: PlatformSensitivity, share: string): string {
  const [most] = factors;
  const name = shortName(platform, 40);
  if (most === undefined || most.swingUsd === 0)
    return `On ${name} nothing that was changed moves the bill of ${figure(costMonthUsd, 'USD')}.`;
  const effects = [
    ['more', most.more],
    ['less', most.less],
  ] as const;
  const told = effects.flatMap(([word, effect]) => {
    if (effect === null) return [];
    const much = effect.differenceUsd < 0 ? 'less' : 'more';
    return [`${share} ${word} ${ofWhat(most)} costs ${figure(Math.abs(effect.differenceUsd), 'USD')} ${much} a month`];
  });
  return `On ${name} it is ${nameOf(most)} that moves the bill most: ${told.join(', ')}.`;
}

/** Of few instances a fifth is none: they are changed by one at least. */
function ofWhat({ factor }: FactorFound): string {
  return factor === 'min instances' ? '(at least one)' : 'of it';
}

function panels(platforms: readonly PlatformSensitivity[]): Panel[] {
  const differences = platforms.flatMap(({ factors }) =>
    factors.flatMap(({ less, more }) => [less?.differenceUsd ?? 0, more?.differenceUsd ?? 0]),
  );
  const [lowest, highest] = [Math.min(0, ...differences), Math.max(0, ...differences)];
  const room = 0.18 * (highest - lowest || 1);
  const x = spanAxis('x', 'US dollars a month, against the bill as it is', 'USD', lowest - room, highest + room);
  return platforms.map(({ platform, costMonthUsd, factors }, index): Panel => {
    const bars = factors.map((factor) => bar(factor, index));
    return {
      title: platforms.length === 1 ? '' : `${shortName(platform, 40)}, ${figure(costMonthUsd, 'USD')} a month`,
      platform: platforms.length === 1 ? null : index,
      heightPx: 90 + 34 * bars.length,
      x,
      ys: [namesAxis(bars.map(({ label }) => label))],
      series: [],
      bars,
      regions: [],
      marks: [],
    };
  });
}

function bar(factor: FactorFound, platform: number): Bar {
  const segment = (label: string, value: number | undefined, pattern: Segment['pattern']): Segment[] =>
    value === undefined || value === 0 ? [] : [{ label, value, pattern, isBeside: false }];
  return {
    label: shortName(nameOf(factor), 28),
    platform,
    segments: [
      ...segment('less of it', factor.less?.differenceUsd, 'light'),
      ...segment('more of it', factor.more?.differenceUsd, 'plain'),
    ],
    ghost: 0,
  };
}

function nameOf({ factor, what }: FactorFound): string {
  return what === '' ? factor : `${factor}, ${what}`;
}
