/**
 * The front door of a platform: which may stand before it, and what it is charged for. Its own file because a door
 * belongs to a provider, and to the services that visitors enter by, not to any one service's price list.
 * Checked by test/model/billingPlan.test.ts.
 */
import { type ChargeList, type FrontDoorName, frontDoorCharges, frontDoors } from '../billing/platformCharges.js';
import type { Preset, Provider } from '../platforms/contract.js';
import { suggest } from '../scenario/nearest.js';
import type { BillingContext } from './billingPlan.js';
import { sourceBytes } from './sourceBytes.js';

/** Whose each door is; null: it stands before anything. */
const providers: Readonly<Record<FrontDoorName, Provider | null>> = {
  alb: 'aws',
  'api-gateway-http': 'aws',
  'api-gateway-rest': 'aws',
  'function-url': 'aws',
  'google-lb': 'gcp',
  'azure-lb': 'azure',
  none: null,
};

export function doorCharges(context: BillingContext): ChargeList {
  const { scenario, platform, preset, taken } = context;
  const path = ['platforms', platform.name, 'frontDoor'];
  const known = frontDoors.find((name) => name === platform.frontDoor);
  const behind = presetsBehind(context);
  if (!isDoorRight(context, known, behind)) return { charges: [], notBilled: [] };
  const door = known ?? preset.frontDoor;
  taken.add(path, door, '', known ? { path } : 'default');
  const isLambda = behind.some(({ name }) => name === 'lambda');
  return frontDoorCharges(door, isLambda ? 'lambda' : 'instances', sourceBytes(scenario));
}

/** The presets of the services that visitors enter by. */
function presetsBehind({ scenario, services }: BillingContext): readonly Preset[] {
  const entries = new Set(scenario.traffic.flatMap(({ entries: all }) => all.map(({ target }) => target.service)));
  return services.filter(({ model }) => entries.has(model.name)).map(({ place }) => place.preset);
}

/** Reports a door that nobody sells, or that stands in another provider's cloud. A cloud's door before own machines
 * is bought by the hour like any other, so machines of one's own take every door but a function's own address. */
function isDoorRight(
  { platform, preset, findings }: BillingContext,
  known: FrontDoorName | undefined,
  behind: readonly Preset[],
): boolean {
  const written = platform.frontDoor;
  if (written === undefined) return true;
  const path = ['platforms', platform.name, 'frontDoor'];
  if (known === undefined) {
    const message = `names no front door: ${JSON.stringify(written.slice(0, 40))}`;
    findings.error({ path, code: 'reference', message, hint: suggest(written, frontDoors) });
    return false;
  }
  if (known === 'function-url') {
    if (behind.some(({ name }) => name === 'lambda')) return true;
    const message = `is the address of a function on lambda; what visitors of ${platform.name} enter by is none`;
    findings.error({ path, code: 'conflict', message, hint: allowed([preset]) });
    return false;
  }
  const places = [preset, ...behind];
  const isHere = places.some(({ provider }) => provider === 'own' || provider === providers[known]);
  if (isHere || providers[known] === null) return true;
  const message = `stands in another cloud than ${preset.name}, got ${known}`;
  findings.error({ path, code: 'conflict', message, hint: allowed(places) });
  return false;
}

function allowed(places: readonly Preset[]): string {
  const names = frontDoors.filter(
    (name) => name !== 'function-url' && places.some(({ provider }) => provider === providers[name]),
  );
  return `write ${[...names, 'none'].join(', ')}, or leave it out`;
}
