/**
 * Values of a preset's figures in words or as a number with its unit: sizes sold, buckets, scalers, machines. Its own
 * file because the rows of `presetParameters.ts` say which figure is what, and these say only how each kind reads.
 */
import type {
  BucketFigures,
  NodeFigures,
  NodeReserve,
  ScalerChoice,
  SizeGrid,
  SizeRule,
} from '../platforms/contract.js';
import type { DistributionSpec } from '../random/contract.js';
import { printDistribution } from './printDistribution.js';

export interface FigureText {
  readonly value: string;
  readonly unit: string;
}

const noLimit = Number.POSITIVE_INFINITY;
const number = (value: number): string => (value === noLimit ? 'unlimited' : String(Number(value.toPrecision(12))));
const words = (value: string): FigureText => ({ value, unit: '' });

function count(value: number, unit: string): FigureText {
  return { value: number(value), unit: value === noLimit ? '' : unit };
}

/** In the unit that needs the fewest digits: 250 ms, 900 s. */
function ms(value: number): FigureText {
  if (value === noLimit) return words('unlimited');
  return value !== 0 && value % 1000 === 0
    ? { value: String(value / 1000), unit: 's' }
    : { value: String(value), unit: 'ms' };
}

const share = (value: number): FigureText => ({ value: String(Number((value * 100).toPrecision(6))), unit: '%' });
const distribution = (spec: DistributionSpec): FigureText => words(printDistribution(spec));

function sizes(rule: SizeRule): FigureText {
  switch (rule.kind) {
    case 'free':
      return words(`any; without a word ${rule.defaultVCpu} vCPU and ${rule.defaultMemoryMb} MB`);
    case 'memory-steps':
      return words(
        `${rule.minMb} to ${rule.maxMb} MB in steps of ${rule.stepMb} MB, 1 vCPU for each ${rule.mbPerVCpu} MB and ` +
          `${rule.maxVCpu} at most; without a word ${rule.defaultMb} MB`,
      );
    case 'list': {
      const sold = rule.sizes.map(({ name, vCpu, memoryMb, concurrency }) => {
        const slots = concurrency === undefined ? '' : `, ${concurrency} requests at once`;
        return `${name} (${number(vCpu)} vCPU, ${memoryMb} MB${slots})`;
      });
      const byHand = rule.defaultByHand ? `, with basic or manual scaling ${rule.defaultByHand}` : '';
      return words(`${sold.join(', ')}; without a word ${rule.defaultName}${byHand}`);
    }
    case 'grid':
      return words(
        `${rule.grids.map(gridText).join('; ')}; ` +
          `without a word ${rule.defaultVCpu} vCPU and ${rule.defaultMemoryMb} MB`,
      );
  }
}

function gridText(grid: SizeGrid): string {
  const range = (low: number, high: number, step: number): string =>
    low === high ? String(low) : `${low} to ${high} in steps of ${step}`;
  const cpu = range(grid.vCpuMin, grid.vCpuMax, grid.vCpuStep);
  const slots = grid.concurrencyLimit === undefined ? '' : `, ${grid.concurrencyLimit} request at once`;
  return `${cpu} vCPU with ${range(grid.memoryMinMb, grid.memoryMaxMb, grid.memoryStepMb)} MB${slots}`;
}

const bucket = ({ burst, perSecond }: BucketFigures): FigureText =>
  words(`${burst} at once, then ${perSecond} a second`);

function scaler({ kind, options }: ScalerChoice): FigureText {
  const text = Object.entries(options).map(([name, value]) => `${name} ${value >= 1000 ? `${value / 1e6}s` : value}`);
  return words(`${kind}${text.length === 0 ? '' : `: ${text.join(', ')}`}`);
}

function machine(value: NodeFigures['machine']['value']): FigureText {
  if (typeof value === 'string') return words(value);
  return words(`${value.vCpu} vCPU, ${value.memoryMb} MB, $${value.usdPerMonth} a month`);
}

function reserve({ cpuShares, memoryShares, memoryPerPodMb, memoryFixedMb, podCount, evictionMb }: NodeReserve) {
  const shares = (pieces: NodeReserve['cpuShares'], unit: string): string[] =>
    pieces.map(([size, part]) => {
      const of = size === noLimit ? 'the rest' : `the next ${size} ${unit}`;
      return `${Number((part * 100).toPrecision(6))}% of ${of}`;
    });
  const parts = [
    ...shares(cpuShares, 'cores'),
    ...shares(memoryShares, 'MB'),
    ...(memoryPerPodMb > 0 ? [`${memoryPerPodMb} MB for each of ${podCount} pods`] : []),
    ...(memoryFixedMb > 0 ? [`${memoryFixedMb} MB`] : []),
    ...(evictionMb > 0 ? [`${evictionMb} MB before eviction`] : []),
  ];
  return words(parts.length === 0 ? 'nothing' : parts.join(', '));
}

export const figureText = { count, ms, words, share, distribution, sizes, bucket, scaler, machine, reserve };
