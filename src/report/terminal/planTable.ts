/**
 * A plan for a terminal: the winner in one sentence, its objectives with their room, the neighbours that were rejected
 * and why, what nothing beats, what it bears, what scaling costs. Its own file: a decision, not a comparison.
 */
import type { Horizon, HorizonStep } from '../../experiment/horizon.js';
import type { PlanResult } from '../../experiment/planDocument.js';
import type { Candidate } from '../../experiment/planSpace.js';
import { marginOf, paretoFront, rejectionOf, winnersNeighbours } from '../../experiment/planWords.js';
import { figure, intervalFigure, roomText } from '../figures.js';
import { type Cell, type Colour, type GridColumn, gridLines, plainText } from './grid.js';

export interface PlanTableOptions {
  readonly colour: Colour;
  readonly paths: readonly string[];
}

const mostRows = 12;

export function planTable(result: PlanResult, { colour, paths }: PlanTableOptions): string {
  const { found, space } = result;
  const { winner, candidates, isSure } = found;
  const tried = `${candidates.length} ${candidates.length === 1 ? 'candidate' : 'candidates'} looked at`;
  if (!winner)
    return [
      ` No settings meet the objectives within these ranges; ${tried}. Nearest:`,
      ...table(result, candidates.slice(0, mostRows), colour),
      ...files(paths),
    ].join('\n');
  const doubt = isSure ? '' : ' (not certain: an interval holds a limit even with all replications)';
  return [
    ` ${colour('strong', 'WINNER')}  ${wordsOf(winner)}  ${costOf(winner, space.minimise)}${doubt}; ${tried}`,
    ...objectiveLines(winner, colour),
    '',
    ' NEIGHBOURS',
    ...table(result, winnersNeighbours(space, found).slice(0, mostRows), colour),
    ...section(
      ' CHEAPER OR FASTER: nothing beats these on both',
      table(result, paretoFront(found).slice(0, mostRows), colour),
    ),
    ...section('', capacityLines(result)),
    ...files(paths),
  ].join('\n');
}

/** The answer in one sentence, without colours. */
export function winnerSentence({ found, space }: PlanResult): string {
  const { winner, candidates, isSure } = found;
  const tried = `${candidates.length} ${candidates.length === 1 ? 'candidate' : 'candidates'} looked at`;
  if (!winner) return `No settings meet the objectives within these ranges; ${tried}`;
  const doubt = isSure ? '' : ' (not certain: an interval holds a limit even with all replications)';
  return `${wordsOf(winner)}: ${costOf(winner, space.minimise)}${doubt}; ${tried}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...(title === '' ? [] : [title]), ...lines];
}

function files(paths: readonly string[]): string[] {
  return paths.length === 0 ? [] : ['', ...paths.map((path) => ` ${plainText(path)}`)];
}

function wordsOf({ platform, settings }: Candidate): string {
  return plainText([platform, ...settings.map(({ path, value }) => `${path}=${value}`)].join('  '));
}

function costOf({ cost }: Candidate, metric: string): string {
  if (!cost) return `no ${metric}`;
  const interval = cost.ci ? ` [${intervalFigure(cost.ci, cost.unit)}]` : '';
  return plainText(`${metric} ${figure(cost.mean, cost.unit)}${interval}`);
}

function objectiveLines({ result }: Candidate, colour: Colour): string[] {
  return (result?.objectives ?? []).map(({ text, value, ci, unit, met }) => {
    const interval = ci ? `  [${intervalFigure(ci, unit)}]` : '';
    const verdict = met ? colour('good', 'ok  ') : colour('bad', 'MISS');
    return plainish(`   ${verdict}  ${plainText(text)}  ${plainText(`${figure(value, unit)}${interval}`)}`);
  });
}

/** Colours are escape codes: the rest was made plain before. */
function plainish(text: string): string {
  return text.trimEnd();
}

function table({ space, found }: PlanResult, candidates: readonly Candidate[], colour: Colour): string[] {
  if (candidates.length === 0) return [' none'];
  const columns: GridColumn[] = [
    { title: 'platform', align: 'left' },
    ...space.varied.map(
      ({ path }): GridColumn => ({ title: plainText(/[^.]+$/.exec(path)?.[0] ?? path), align: 'right' }),
    ),
    { title: space.minimise, align: 'right' },
    { title: 'p99', align: 'right' },
    { title: 'room', align: 'right' },
    { title: 'why not', align: 'left' },
  ];
  const rows = candidates.map((candidate): Cell[] => {
    const { platform, settings, cost, result } = candidate;
    const p99 = result?.metrics['latency_p99'];
    const why = rejectionOf(space, found, candidate);
    return [
      { text: plainText(platform) },
      ...settings.map(({ value }): Cell => ({ text: plainText(value) })),
      { text: plainText(figure(cost?.mean, cost?.unit ?? '1')) },
      { text: plainText(figure(p99?.mean, 'ms')) },
      { text: plainText(roomText(marginOf(candidate))) },
      why === '' ? { text: 'the winner', tone: 'good' } : { text: plainText(why), tone: 'quiet' },
    ];
  });
  return gridLines(columns, rows, colour);
}

/** What the winner bears, what its scaling costs, what growth brings. */
export function capacityLines({ headrooms, regret, horizon }: PlanResult): string[] {
  const lines = headrooms.map(({ platform, load, breaksAt, bottleneck }) => {
    const name = plainText(platform);
    if (breaksAt === null) return ` ${name} holds at every load tried, up to ${load}; more was not tried`;
    const what = bottleneck ? `; then ${plainText(bottleneck.text)}` : '';
    return ` ${name} holds up to load ${Number(load.toPrecision(3))}${what}`;
  });
  if (regret && regret.services.length > 0) {
    const [real, seeing] = [regret.realMonthUsd, regret.clairvoyantMonthUsd].map((usd) =>
      plainText(figure(usd, 'USD')),
    );
    const sure = regret.ci ? ` (${plainText(intervalFigure(regret.ci, 'USD'))} less)` : '';
    lines.push(` A scaler that sees ahead would pay ${seeing} a month${sure} where this one pays ${real}.`);
  }
  if (horizon) lines.push(...horizonLines(horizon));
  return lines;
}

function horizonLines({
  months,
  growthPerMonth,
  loadAtEnd,
  breaksInMonth,
  missed,
  step,
  winnerAtEnd,
}: Horizon): string[] {
  const growth = plainText(figure(growthPerMonth, 'share'));
  const what = missed.length === 0 ? '' : `: ${plainText(missed.join(' and '))}`;
  const when =
    breaksInMonth === null ? `holds for all ${months} months` : `breaks in month ${Math.ceil(breaksInMonth)}${what}`;
  const then = winnerAtEnd ? `${wordsOf(winnerAtEnd)} meets the objectives` : 'nothing within these ranges meets them';
  const cost = winnerAtEnd?.cost ? `, ${plainText(figure(winnerAtEnd.cost.mean, winnerAtEnd.cost.unit))}` : '';
  return [
    ` At ${growth} growth a month the winner ${when}.`,
    ...(breaksInMonth === null ? [] : [stepLine(step)]),
    ` At load ${Number(loadAtEnd.toPrecision(3))} after ${months} months ${then}${cost}.`,
  ];
}

function stepLine(step: HorizonStep | null): string {
  if (!step) return ' Nothing within these ranges surely moves that.';
  const { candidate, atLoad, costMonth, costMonthWithout, breaksInMonth } = step;
  const until = breaksInMonth === null ? 'beyond every load tried' : `to month ${Math.ceil(breaksInMonth)}`;
  const bill = (value: number): string => plainText(figure(value, 'USD'));
  const more = costMonth && costMonthWithout ? costMonth.mean - costMonthWithout.mean : null;
  const price =
    costMonth && more !== null
      ? `: ${bill(Math.abs(more))} ${more < 0 ? 'less' : 'more'} a month, ${bill(costMonth.mean)} in all`
      : '';
  const load = Number(atLoad.toPrecision(3));
  return ` The cheapest step that moves it, ${wordsOf(candidate)}, moves it ${until}${price} at load ${load}.`;
}
