/**
 * Disk that an instance has for itself and loses when it ends, where the platform sells more of it than is included.
 * Its own file because it is a size with a price and nothing else: no request runs faster or slower for it.
 * Checked by test/model/ephemeral.test.ts.
 */
import { chosen, type Place } from './place.js';
import { pathOf } from './replicas.js';
import { nearestTwo, nearOnGrid, onGrid } from './sizeGrid.js';
import { cited } from './taken.js';

/** Megabytes of 2^20 bytes beyond what is included; 0 where nothing is asked for, or after an issue. */
export function takeEphemeral(place: Place): number {
  const { preset, findings, taken } = place;
  const choice = chosen(place, 'ephemeralStorageMb');
  if (!choice) return 0;
  const { value, path } = choice;
  if (!preset.ephemeral) {
    const message = `is not sold on ${preset.name}`;
    findings.error({ path, code: 'conflict', message, hint: 'leave it out', part: 'key' });
    return 0;
  }
  const { includedMb, mostMb, stepMb } = preset.ephemeral.value;
  taken.add([...pathOf(place), 'ephemeralStorage'], value, 'MB', { path });
  const snapshot = chosen(place, 'snapStart');
  if (snapshot?.value && value > includedMb) {
    const message = `cannot stand beside snapStart: of a snapshot no more than ${includedMb}MB of disk are sold`;
    const { snapStart } = preset.start;
    findings.error({
      path,
      code: 'conflict',
      message,
      hint: `leave one of the two out${snapStart ? cited(snapStart) : ''}`,
    });
    return 0;
  }
  if (onGrid({ amount: value, isChoice: true }, includedMb, mostMb, stepMb) !== null) return value - includedMb;
  const nearest = nearestTwo(value, nearOnGrid(value, includedMb, mostMb, stepMb))
    .map((mb) => `${mb}MB`)
    .join(' and ');
  const message = `is not sold on ${preset.name}, got ${value}MB`;
  findings.error({ path, code: 'range', message, hint: `the nearest sold: ${nearest}${cited(preset.ephemeral)}` });
  return 0;
}
