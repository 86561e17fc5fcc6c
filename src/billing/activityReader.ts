/**
 * How much of what stood ready was used in the measured time: busy and present time of instances, requested and
 * allocatable CPU of nodes, read from the run's state where measuring begins and where it ends. Its own file because
 * it is the only thing about idling that billing needs to know. Areas are whole microseconds (vCPUs in thousandths).
 */
import type { StateView } from '../observation/contract.js';
import type { Usage } from './contract.js';

/** Areas from clock 0, copied: the state itself is reused. */
interface Areas {
  readonly instanceUs: readonly number[];
  readonly busyUs: readonly number[];
  readonly requested: readonly number[];
  readonly allocatable: readonly number[];
}

const nothing: Areas = { instanceUs: [], busyUs: [], requested: [], allocatable: [] };

export class ActivityReader {
  private before: Areas = nothing;
  private after: Areas = nothing;

  begin(state: StateView): void {
    this.before = areasOf(state);
  }

  end(state: StateView): void {
    this.after = areasOf(state);
  }

  read(serviceNames: readonly string[]): Pick<Usage, 'activity' | 'nodeActivity'> {
    const { before, after } = this;
    return {
      activity: serviceNames.map((service, index) => ({
        service,
        instanceUs: whole(after.instanceUs[index], before.instanceUs[index], 1),
        busyUs: whole(after.busyUs[index], before.busyUs[index], 1),
      })),
      nodeActivity: after.allocatable.map((_, pool) => ({
        requested: whole(after.requested[pool], before.requested[pool], 1000),
        allocatable: whole(after.allocatable[pool], before.allocatable[pool], 1000),
      })),
    };
  }
}

function areasOf({ service, pool }: StateView): Areas {
  return {
    instanceUs: [...service.instanceAreaUs],
    busyUs: [...service.busyAreaUs],
    requested: [...pool.cpuRequestedAreaUs],
    allocatable: [...pool.cpuAllocatableAreaUs],
  };
}

/** A difference of areas as a whole number, never negative. */
function whole(after = 0, before = 0, scale: number): string {
  return BigInt(Math.max(0, Math.round((after - before) * scale))).toString();
}
