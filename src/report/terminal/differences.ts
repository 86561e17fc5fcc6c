/** A platform's difference from the first, in words: how much, and whether that is worse, better, or nothing real. */
import type { Comparison, PairedDifference } from '../../experiment/contract.js';
import { figure } from '../figures.js';
import { type Cell, plainText } from './grid.js';

/** `+43 % worse`, `-37 % better`, `~ no real difference`; empty where nothing was compared. */
export function differenceCell({ differences }: Comparison, platform: string, metric: string | undefined): Cell {
  const found = differences.find((one) => one.platform === platform && one.metric === metric);
  return found === undefined ? { text: '' } : sizedDifference(found);
}

/** One difference in those words. */
export function sizedDifference(found: PairedDifference): Cell {
  if (found.ci !== undefined && !found.isReal) return { text: '~ no real difference', tone: 'quiet' };
  if (found.mean === 0) return { text: '~ no difference', tone: 'quiet' };
  const sign = found.mean < 0 ? '-' : '+';
  const size =
    found.unit === 'share'
      ? `${Number((Math.abs(found.mean) * 100).toPrecision(2))} pp`
      : found.relative === null || Math.abs(found.relative) >= 10
        ? plainText(figure(Math.abs(found.mean), found.unit))
        : `${Math.round(Math.abs(found.relative) * 100)} %`;
  const isMore = found.mean > 0;
  if (found.moreIs === 'neither') return { text: sign + size };
  const isWorse = isMore === (found.moreIs === 'worse');
  return { text: `${sign}${size} ${isWorse ? 'worse' : 'better'}`, tone: isWorse ? 'bad' : 'good' };
}
