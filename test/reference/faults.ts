/**
 * Faults: what breaks, when, and its end.
 */
import type { ServiceFaultModel } from '../../src/model/contract.js';
import type { World } from './world.js';

/** Schedule what is planned by the clock; what crashes at random is drawn when an instance gets ready. */
export function beginFaults(world: World): void {
  const inForce = new Set<ServiceFaultModel>();
  for (const fault of world.model.faults) {
    if (!('service' in fault) || fault.kind === 'hang') throw new Error(`no reference for ${fault.kind}`);
    if (fault.kind === 'crash-at-random') continue;
    if (fault.kind === 'crash') {
      world.agenda.after(fault.atUs, 'decision', () => crashOldest(world, fault.service, fault.count));
      continue;
    }
    world.agenda.after(fault.atUs, 'decision', () => {
      inForce.add(fault);
      combine(world, fault.service, inForce);
    });
    world.agenda.after(fault.atUs + fault.forUs, 'decision', () => {
      inForce.delete(fault);
      combine(world, fault.service, inForce);
    });
  }
}

function crashOldest(world: World, service: number, count: number): void {
  const ready = world.services[service]!.instances.filter(({ phase }) => phase === 'ready');
  for (const instance of ready.slice(0, count)) if (instance.phase === 'ready') instance.crash();
}

/** Paces multiply, errors strike independently. */
function combine(world: World, service: number, inForce: ReadonlySet<ServiceFaultModel>): void {
  let slowness = 1;
  let answersWell = 1;
  for (const fault of inForce) {
    if (fault.service !== service) continue;
    if (fault.kind === 'slow') slowness *= fault.factor;
    if (fault.kind === 'error') answersWell *= 1 - fault.chance;
  }
  world.services[service]!.setFaults(slowness, 1 - answersWell);
}
