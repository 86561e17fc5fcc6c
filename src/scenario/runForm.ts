/**
 * `run`: how long, how often, and what the measured time stands for. All defaults are filled in here.
 *
 * Its own file because its settings depend on each other: windows on the duration, `represents` on the month.
 */
import { usPerUnit } from '../units/duration.js';
import type { Reading } from '../units/number.js';
import { readShare } from '../units/share.js';
import type { ClockName, RunSpec } from './contract.js';
import { clockUs, positiveUs, share, whole } from './fields.js';
import { type Form, leaf, mapping } from './form.js';
import { refuse } from './refuse.js';

const hourUs = 3_600_000_000;
const mostRows = 100_000;
/** The widths a timeline's row may have by itself: the smallest that makes at most 1,000 rows is taken. */
const windowsUs = [1, 5, 10, 30, 60, 300, 900, 3_600, 21_600, 86_400].map((seconds) => seconds * 1_000_000);
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const starts: Form<ClockName> = leaf(
  'a weekday and a time of day',
  { type: 'string', description: 'Fri 18:00' },
  ({ text }): Reading<ClockName> => {
    const match = /^(?:([A-Za-z]{3})[a-z]* )?(\d{1,2}):(\d{2})$/.exec(text);
    const weekday = match?.[1] ? weekdays.indexOf(match[1].toLowerCase()) : null;
    const minutes = match ? Number(match[2]) * 60 + Number(match[3]) : Number.NaN;
    if (!match || weekday === -1 || Number(match[3]) > 59 || minutes >= 1_440)
      return {
        ok: false,
        code: 'type',
        message: `must be a weekday and a time of day, got ${JSON.stringify(text.slice(0, 60))}`,
        hint: 'write Fri 18:00',
      };
    return { ok: true, value: { weekday, timeOfDayUs: minutes * usPerUnit.get('m')! } };
  },
);

const confidence = leaf(
  'a share between 0% and 100%',
  { type: ['string', 'number'], description: '95%' },
  ({ text }): Reading<number> => {
    const reading = readShare(text);
    if (!reading.ok || (reading.value > 0 && reading.value < 1)) return reading;
    return { ok: false, code: 'range', message: `must be above 0% and below 100%, got ${text}`, hint: 'write 95%' };
  },
);

export const run: Form<RunSpec> = mapping({
  warmup: clockUs.exactOptional(),
  duration: positiveUs.exactOptional(),
  replications: whole(1, 100_000).exactOptional(),
  confidence: confidence.exactOptional(),
  window: positiveUs.exactOptional(),
  starts: starts.exactOptional(),
  month: positiveUs.exactOptional(),
  represents: positiveUs.exactOptional(),
  rest: share.exactOptional(),
  limits: mapping({
    events: whole(1, 1e12).exactOptional(),
    // Rows stand in 26 bits of an event.
    alive: whole(1, 20_000_000).exactOptional(),
    instances: whole(1, 10_000_000).exactOptional(),
  }).exactOptional(),
}).transform((written, context): RunSpec => {
  const durationUs = written.duration ?? hourUs;
  const monthUs = written.month ?? 730 * hourUs;
  const windowUs = written.window ?? windowsUs.find((us) => durationUs / us <= 1_000) ?? windowsUs.at(-1)!;
  if (durationUs / windowUs > mostRows) {
    const message = `makes ${Math.ceil(durationUs / windowUs)} rows of the timeline; at most ${mostRows} are allowed`;
    refuse(context, { rule: 'limit', message, path: [written.window === undefined ? 'duration' : 'window'] });
  }
  if (written.represents !== undefined && written.represents > monthUs)
    refuse(context, { rule: 'range', message: 'must be at most the month', path: ['represents'] });
  return {
    warmupUs: written.warmup ?? 0,
    durationUs,
    replications: written.replications ?? 10,
    confidence: written.confidence ?? 0.95,
    windowUs,
    starts: written.starts ?? null,
    monthUs,
    representsUs: written.represents ?? monthUs,
    isRepresentsGiven: written.represents !== undefined,
    rest: written.rest ?? 0,
    ...(written.limits ? { limits: written.limits } : {}),
  };
});

/** The run of a scenario that has no `run`. */
export const defaultRun: RunSpec = {
  warmupUs: 0,
  durationUs: hourUs,
  replications: 10,
  confidence: 0.95,
  windowUs: 5_000_000,
  starts: null,
  monthUs: 730 * hourUs,
  representsUs: 730 * hourUs,
  isRepresentsGiven: false,
  rest: 0,
};
