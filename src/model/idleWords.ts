/**
 * Words of a service's replicas that contradict each other or say nothing: a scaler between two equal limits, a
 * scaler's own limits beyond those of `replicas`, a schedule that asks for more than is allowed, a grace that preStop
 * uses up.
 *
 * Its own file because each is about two settings that are right by themselves.
 * Checked by test/model/idleWords.test.ts.
 */
import type { CountRange, KindSpec } from '../scenario/choices.js';
import { type OptionValue, readOption } from '../scenario/options.js';
import type { Path } from '../scenario/positions.js';
import { printDuration } from '../units/print.js';
import { chosen, type Place } from './place.js';

/** Replicas from `min` to `max` under the scalers as written. */
export function checkScaling(place: Place, { min, max }: CountRange): void {
  const scale = chosen(place, 'scale');
  if (!scale) return;
  if (min === max && scale.value.length > 0) {
    const { service, findings } = place;
    const replicas = chosen(place, 'replicas');
    const count = replicas ? `replicas: ${min}` : `${min} replica, where no number is written,`;
    findings.warn({
      path: scale.path,
      code: 'no-effect',
      message: `has nothing to decide: ${count} leaves ${service.name} one number of instances`,
      hint: `write a range, as in replicas: ${min}..${Math.max(10, 2 * min)}, or scale: none`,
      part: 'key',
    });
    return;
  }
  for (const spec of scale.value) checkLimits(place, spec, [...scale.path, spec.kind], { min, max });
}

/** Knative's own bounds, and a schedule's numbers, against those of `replicas`. */
function checkLimits(place: Place, spec: KindSpec, path: Path, { min, max }: CountRange): void {
  if (spec.kind === 'kpa') {
    for (const name of ['minScale', 'initialScale'])
      if (numberOf(spec.options, name) > max) refuseBeyond(place, [...path, name], `above the most replicas, ${max}`);
    const most = numberOf(spec.options, 'maxScale');
    if (most > 0 && most < min) refuseBeyond(place, [...path, 'maxScale'], `below the fewest replicas, ${min}`);
  }
  if (spec.kind !== 'schedule' || spec.options.kind !== 'list') return;
  for (const [index, item] of spec.options.items.entries()) {
    warnTooLate(place, item, [...path, index, 'at']);
    const wanted = numberOf(item, 'replicas');
    if (!(wanted > max || wanted < min)) continue;
    place.findings.warn({
      path: [...path, index, 'replicas'],
      code: 'no-effect',
      message: `asks for ${wanted}, and replicas allows ${min} to ${max}`,
      hint: `write replicas: ${Math.min(min, wanted)}..${Math.max(max, wanted)}`,
    });
  }
}

/** A change of the schedule that the run does not reach. */
function warnTooLate({ scenario, findings }: Place, item: OptionValue, path: Path): void {
  const { warmupUs, durationUs } = scenario.run;
  const written = item.kind === 'map' ? item.entries.find(({ name }) => name === 'at') : undefined;
  const at = written ? readOption(written.value, 'duration') : undefined;
  if (!at?.ok || at.value < warmupUs + durationUs) return;
  findings.warn({
    path,
    code: 'no-effect',
    message: `is after the end of the run, ${printDuration(warmupUs + durationUs)} from clock 0`,
    hint: 'times count from clock 0, the beginning of the warm-up; run longer, or leave it out',
  });
}

function refuseBeyond({ findings }: Place, path: Path, where: string): void {
  findings.error({ path, code: 'conflict', message: `is ${where}`, hint: 'make the two agree' });
}

/** A whole number written under `name`; NaN where there is none. */
function numberOf(options: OptionValue, name: string): number {
  const found = options.kind === 'map' ? options.entries.find((entry) => entry.name === name) : undefined;
  return found?.value.kind === 'text' ? Number(found.value.text) : Number.NaN;
}

/** preStop runs inside the grace; what is left of that is all a process has to finish its requests. */
export function checkDrain(place: Place): void {
  const drain = chosen(place, 'drain');
  const { preStopUs = 0, graceUs = 30_000_000 } = drain?.value ?? {};
  if (!drain || preStopUs === 0 || preStopUs < graceUs) return;
  place.findings.warn({
    path: drain.path,
    code: 'no-effect',
    message:
      `leaves nothing of its grace of ${printDuration(graceUs)}: preStop takes ${printDuration(preStopUs)}, ` +
      'then whatever is left at work fails',
    hint: 'make grace longer than preStop',
    part: 'key',
  });
}
