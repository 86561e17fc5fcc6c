/**
 * The work of `trace`: one replication again, and what befell one visitor, or what happened between two moments. Its
 * own file because nothing of it is measured or stored. Checked by test/cli/trace.test.ts on the built program.
 */
import type { RunFacts } from '../experiment/contract.js';
import { gather } from '../experiment/gather.js';
import { runTrace } from '../experiment/traceRun.js';
import { clockLabel } from '../report/charts/ticks.js';
import { billText, visitText, windowText } from '../report/terminal/traceText.js';
import { readDurationUs } from '../units/duration.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { refuse, refuseIssues } from './refusal.js';
import { loadScenario } from './scenarioLoading.js';
import { choosePlatforms } from './simulationRequest.js';
import type { Terminal } from './terminal.js';

export async function trace(call: Call, terminal: Terminal): Promise<ExitCode> {
  const { flags, operands } = call;
  const [request, windowWritten] = [flags.text('request'), flags.text('window')];
  if ((request === undefined) === (windowWritten === undefined))
    return refuse(terminal, ['trace needs either --request source/number or --window from..to']);
  const { checked } = loadScenario(operands[0] ?? '', flags);
  if (!checked.ok) return refuseIssues(terminal, checked.issues);
  const { compiled } = checked.value;
  const places = choosePlatforms(
    call,
    compiled.platforms.map(({ name }) => name),
    false,
  );
  if ('mistakes' in places) return refuse(terminal, places.mistakes);
  const platform = places[0] ?? 0;
  const model = compiled.platforms[platform]!.model; // `choosePlatforms` gives places that are there.
  const numberText = flags.text('replication') ?? '1';
  const replication = /^[1-9]\d{0,5}$/.test(numberText) ? Number(numberText) : Number.NaN;
  if (Number.isNaN(replication))
    return refuse(terminal, [`--replication ${JSON.stringify(numberText)} is no whole number from 1 on`]);
  const { run } = gather(compiled, { platforms: [], replications: 1, withCostCurve: false }, []);
  const order = { platform, replicationIndex: replication - 1 };
  if (request !== undefined) {
    const visitor = visitorOf(
      request,
      model.traffic.map(({ name }) => name),
    );
    if (typeof visitor === 'string') return refuse(terminal, [visitor]);
    const { visit, bill } = runTrace(compiled, { ...order, visitor, window: null });
    if (visit === null)
      return refuse(terminal, [`--request: no visitor ${request} left before the end of replication ${replication}`]);
    terminal.out(`${visitText(visit, run)}\n${bill ? `${billText(bill, 'visitor')}\n` : ''}`);
    return exitCodes.ok;
  }
  const span = windowOf(windowWritten ?? '', run);
  if (typeof span === 'string') return refuse(terminal, [span]);
  const window = { fromUs: span.fromS * 1e6, toUs: span.toS * 1e6 };
  const endUs = model.warmupUs + model.durationUs;
  if (window.fromUs >= endUs)
    return refuse(terminal, [`--window ${windowWritten} is after the run, which ends at ${endWords(endUs, run)}`]);
  const found = runTrace(compiled, { ...order, visitor: null, window });
  const { events, requests, sourceNames, omittedCount, bill } = found;
  terminal.out(`${windowText({ ...span, events, requests, sourceNames })}\n`);
  if (bill) terminal.out(`${billText(bill, 'window')}\n`);
  if (omittedCount > 0) terminal.note(`${omittedCount} events are not in the log: it keeps 400000 of a replication`);
  return exitCodes.ok;
}

/** `book/3380` as requests.csv and the report write it; or what is wrong with it. */
function visitorOf(text: string, names: readonly string[]): { source: number; visitorNumber: number } | string {
  const cut = text.lastIndexOf('/');
  const source = names.indexOf(text.slice(0, cut));
  const digits = text.slice(cut + 1);
  if (cut < 1 || !/^\d{1,15}$/.test(digits)) return `--request ${JSON.stringify(text)} is not source/number`;
  if (source < 0)
    return `--request: there is no traffic ${JSON.stringify(text.slice(0, cut))}; there is ${names.join(', ')}`;
  return { source, visitorNumber: Number(digits) };
}

/** When the run ends, by the scenario's clock, and how long after clock 0 that is. */
function endWords(endUs: number, { starts }: Pick<RunFacts, 'starts'>): string {
  return starts === null ? `${endUs / 1e6}s` : `${clockLabel(starts, endUs / 1e6)}, ${endUs / 1e6}s from clock 0`;
}

/** `12:00..12:05` by the scenario's clock, or `30m..35m` from clock 0; seconds. */
function windowOf(text: string, { starts }: Pick<RunFacts, 'starts'>): { fromS: number; toS: number } | string {
  const ends = text.split('..').map((end) => {
    const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(end.trim());
    if (clock) {
      const minutes = Number(clock[1]) * 60 + Number(clock[2]) - (starts?.minuteOfDay ?? 0);
      return ((minutes + 1440) % 1440) * 60 + Number(clock[3] ?? 0);
    }
    const reading = readDurationUs(end.trim());
    return reading.ok ? reading.value / 1e6 : Number.NaN;
  });
  const [fromS = Number.NaN, toS = Number.NaN] = ends;
  if (ends.length !== 2 || !(fromS < toS))
    return `--window ${JSON.stringify(text)} is not from..to, as 12:00..12:05 or 30m..35m`;
  return { fromS, toS };
}
