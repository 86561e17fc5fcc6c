/**
 * What a scenario writes behind a scaler's name, read as the scaler's family says: scalars in base units, and the few
 * lists and objects that scalers have.
 *
 * Its own file because a wrong option is told at its own place, all of them at once, whatever the scaler.
 */
import {
  type ScalerFamily,
  type ScalerOptionUnit,
  type ScalingStep,
  type ScheduledCount,
  type ServiceMetricTarget,
  serviceMetrics,
} from '../autoscaling/contract.js';
import { suggest } from '../scenario/nearest.js';
import { type OptionKind, type OptionValue, readOption } from '../scenario/options.js';
import type { Path } from '../scenario/positions.js';
import type { Findings } from './findings.js';

/** Instances that a schedule may ask for. */
const mostScheduled = 1_000_000;

const scalarKinds: Partial<Record<ScalerOptionUnit, OptionKind>> = {
  share: 'share',
  duration: 'duration',
  rate: 'rate',
  number: {},
  signed: { min: -1_000_000_000 },
  count: { min: 0, isWhole: true },
};

/** What is written, as the family's options say it is to be read; null after an issue. */
export function readScalerOptions(
  value: OptionValue,
  { options, bareOption }: Pick<ScalerFamily, 'options' | 'bareOption'>,
  path: Path,
  findings: Findings,
): Record<string, unknown> | null {
  const known = Object.keys(options);
  const issueCount = findings.errors.length;
  const read: Record<string, unknown> = {};
  const reader = new Reader(findings);
  if (bareOption !== undefined) read[bareOption] = reader.option(value, options[bareOption]!, path);
  else if (value.kind !== 'map' && value.kind !== 'empty')
    findings.error({ path, code: 'type', message: 'must be a mapping', hint: `its keys: ${known.join(', ')}` });
  else
    for (const { name, value: option } of value.kind === 'map' ? value.entries : []) {
      const unit = Object.hasOwn(options, name) ? options[name] : undefined;
      if (unit === undefined) reader.unknownKey([...path, name], known);
      else read[name] = reader.option(option, unit, [...path, name]);
    }
  return findings.errors.length > issueCount ? null : read;
}

type Entries = readonly { readonly name: string; readonly value: OptionValue }[];

/** Reads one value after the other; a faulty one becomes an issue and undefined. */
class Reader {
  private readonly findings: Findings;
  constructor(findings: Findings) {
    this.findings = findings;
  }

  unknownKey(path: Path, known: readonly string[]): void {
    const name = String(path.at(-1));
    const hint = suggest(name, known);
    this.findings.error({ path, code: 'unknown-key', message: 'is not a known setting', hint, part: 'key' });
  }

  option(value: OptionValue, unit: ScalerOptionUnit, path: Path): unknown {
    switch (unit) {
      case 'behavior':
        return plainValue(value);
      case 'word':
        return this.word(value, path);
      case 'flag':
        return this.flag(value, path);
      case 'percent':
        return this.percent(value, path);
      case 'schedule':
        return this.list(value, path, '[{at: 8h, replicas: 10}]', (item, at) => this.change(item, at));
      case 'steps':
        return this.list(value, path, '[{above: 70%, add: 2}]', (item, at) => this.step(item, at));
      case 'service-metric':
        return this.serviceMetric(value, path);
      default:
        return this.scalar(value, scalarKinds[unit]!, path);
    }
  }

  private scalar(value: OptionValue, kind: OptionKind, path: Path): number | undefined {
    const reading = readOption(value, kind);
    if (reading.ok) return reading.value;
    this.findings.error({ path, ...reading });
    return undefined;
  }

  private fault(path: Path, message: string, hint?: string): undefined {
    this.findings.error({ path, code: 'type', message, hint });
    return undefined;
  }

  private word(value: OptionValue, path: Path): string | undefined {
    return value.kind === 'text' ? value.text : this.fault(path, 'must be one word');
  }

  private flag(value: OptionValue, path: Path): boolean | undefined {
    const text = value.kind === 'text' ? value.text : '';
    return text === 'true' || text === 'false' ? text === 'true' : this.fault(path, 'must be true or false');
  }

  /** `70%` or 70. */
  private percent(value: OptionValue, path: Path): number | undefined {
    const text = value.kind === 'text' && value.text.endsWith('%') ? value.text.slice(0, -1) : undefined;
    return this.scalar(text === undefined ? value : { kind: 'text', text }, { min: 0 }, path);
  }

  private list<Item>(
    value: OptionValue,
    path: Path,
    example: string,
    read: (item: OptionValue, path: Path) => Item | undefined,
  ): readonly Item[] | undefined {
    if (value.kind !== 'list' || value.items.length === 0)
      return this.fault(path, 'must be a list with something in it', `write ${example}`);
    const items = value.items.map((item, index) => read(item, [...path, index]));
    return items.some((item) => item === undefined) ? undefined : (items as readonly Item[]);
  }

  /** The entries of a mapping that has `known` keys and no other; undefined after an issue. */
  private entries(value: OptionValue, path: Path, known: readonly string[]): Entries | undefined {
    if (value.kind !== 'map') return this.fault(path, 'must be a mapping', `its keys: ${known.join(', ')}`);
    const unknown = value.entries.filter(({ name }) => !known.includes(name));
    for (const { name } of unknown) this.unknownKey([...path, name], known);
    return unknown.length > 0 ? undefined : value.entries;
  }

  private change(value: OptionValue, path: Path): ScheduledCount | undefined {
    const entries = this.entries(value, path, ['at', 'replicas']);
    if (!entries) return undefined;
    const read = (name: string, kind: OptionKind): number | undefined => {
      const found = entries.find((entry) => entry.name === name);
      if (found) return this.scalar(found.value, kind, [...path, name]);
      return this.fault(path, `has no ${name}`, 'write {at: 8h, replicas: 10}');
    };
    const atUs = read('at', 'duration');
    const count = read('replicas', { min: 0, max: mostScheduled, isWhole: true });
    return atUs === undefined || count === undefined ? undefined : { atUs, count };
  }

  private step(value: OptionValue, path: Path): ScalingStep | undefined {
    const entries = this.entries(value, path, ['above', 'below', 'add', 'remove']);
    if (!entries) return undefined;
    const pick = (...names: string[]) => entries.filter(({ name }) => names.includes(name));
    const [limit, secondLimit] = pick('above', 'below');
    const [change, secondChange] = pick('add', 'remove');
    if (!limit || secondLimit || !change || secondChange)
      return this.fault(
        path,
        'must have one of above and below, and one of add and remove',
        'write {above: 70%, add: 2}',
      );
    const isRate = limit.value.kind === 'text' && limit.value.text.includes('/');
    const threshold = this.scalar(limit.value, isRate ? 'rate' : 'share', [...path, limit.name]);
    const isShare = change.value.kind === 'text' && change.value.text.endsWith('%');
    const kind: OptionKind = isShare ? 'factor' : { min: 1, isWhole: true };
    const amount = this.scalar(change.value, kind, [...path, change.name]);
    if (threshold === undefined || amount === undefined) return undefined;
    const by = change.name === 'add' ? amount : -amount;
    return { isAbove: limit.name === 'above', threshold, change: { by: isShare ? 'share' : 'count', value: by } };
  }

  private serviceMetric(value: OptionValue, path: Path): ServiceMetricTarget | undefined {
    const entries = this.entries(value, path, ['metric', 'value', 'averageValue']);
    if (!entries) return undefined;
    const named = entries.find(({ name }) => name === 'metric');
    const metric = serviceMetrics.find((each) => named?.value.kind === 'text' && named.value.text === each);
    if (!metric)
      return this.fault(
        named ? [...path, 'metric'] : path,
        'must name a metric',
        `one of ${serviceMetrics.join(', ')}`,
      );
    const [target, second] = entries.filter(({ name }) => name !== 'metric');
    if (!target || second)
      return this.fault(path, 'must have one of value and averageValue', `write {metric: ${metric}, value: 100}`);
    const kinds: Record<ServiceMetricTarget['metric'], OptionKind> = {
      requests: 'rate',
      concurrency: {},
      messages: {},
      'message-age': 'duration',
    };
    const amount = this.scalar(target.value, kinds[metric], [...path, target.name]);
    if (amount === undefined) return undefined;
    if (!(amount > 0)) return this.fault([...path, target.name], 'must be above 0');
    return {
      metric,
      target: target.name === 'value' ? 'value' : 'average',
      amount: metric === 'message-age' ? amount / 1e6 : amount,
    };
  }
}

/** Kubernetes' own object as it stands in the file: numbers as numbers, the rest as text. */
function plainValue(value: OptionValue): unknown {
  if (value.kind === 'text') return /^-?\d+(\.\d+)?$/.test(value.text) ? Number(value.text) : value.text;
  if (value.kind === 'list') return value.items.map(plainValue);
  if (value.kind === 'empty') return null;
  const plain: Record<string, unknown> = Object.create(null);
  for (const { name, value: inner } of value.entries) plain[name] = plainValue(inner);
  return plain;
}
