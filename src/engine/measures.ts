/**
 * Measures: state integrated over time, per service, database and node pool.
 *
 * Every quantity here is a whole number that changes at whole microseconds, so its integral is a whole number too, and
 * Little's law is an identity, not an estimate (`invariants.ts` asserts it). Two groups a service, for they change at
 * different rates. Its *fleet* (instances, what is ready): a change first settles what stood until now, then changes
 * it. Its *station* (who waits, who is inside, how many instances are busy) changes at every request, so there the
 * *origin* is kept: the moments of all steps up less those of all steps down. The integral is then count x now -
 * origin, and a change adds one number to it.
 */
import type { Model } from '../model/contract.js';
import { outcomeNames, type StateView } from '../observation/contract.js';

export class Measures {
  readonly fromUs: number;
  /** Station: counts, since when, areas. One slot a service. */
  readonly waiting: Float64Array;
  readonly inside: Float64Array;
  readonly busy: Float64Array;
  readonly waitingOriginUs: Float64Array;
  readonly insideOriginUs: Float64Array;
  readonly busyOriginUs: Float64Array;
  readonly queueAreaUs: Float64Array;
  readonly inSystemAreaUs: Float64Array;
  readonly busyAreaUs: Float64Array;
  /** Fleet. */
  readonly instances: Float64Array;
  readonly ready: Float64Array;
  readonly readyVCpu: Float64Array;
  readonly fleetSinceUs: Float64Array;
  readonly instanceAreaUs: Float64Array;
  readonly cpuReadyUs: Float64Array;
  readonly availableUs: Float64Array;
  readonly instancesMin: Float64Array;
  readonly instancesMax: Float64Array;
  /** CPU used on the service's instances, and the part for callers who had left. */
  readonly cpuUsedUs: Float64Array;
  readonly cpuWastedUs: Float64Array;
  readonly scaleOutCount: Float64Array;
  readonly scaleInCount: Float64Array;
  readonly restartCount: Float64Array;
  readonly replacementCount: Float64Array;
  readonly coldStartCount: Float64Array;
  /** Time spent present inside the measured interval, summed when a span leaves: the other side of Little's law. */
  readonly sojournUs: Float64Array;
  /** Spans by fate, whole run: offered; ended, at service x 4 + outcome. */
  readonly offered: Float64Array;
  readonly ended: Float64Array;
  /** Databases. */
  readonly dbWaiting: Float64Array;
  readonly dbInside: Float64Array;
  readonly dbConnections: Float64Array;
  readonly dbSinceUs: Float64Array;
  readonly dbQueueAreaUs: Float64Array;
  readonly dbInSystemAreaUs: Float64Array;
  readonly dbConnectionAreaUs: Float64Array;
  readonly dbConnectionLimit: Float64Array;
  /** Node pools. */
  readonly nodes: Float64Array;
  readonly nodesMax: Float64Array;
  readonly nodeVCpu: Float64Array;
  readonly nodeRequested: Float64Array;
  readonly poolSinceUs: Float64Array;
  readonly nodeAreaUs: Float64Array;
  readonly nodeRequestedAreaUs: Float64Array;
  readonly nodeAllocatableAreaUs: Float64Array;
  readonly visitorsInside: Float64Array;
  /** Entry services all ready at once. */
  private readonly isEntry: Uint8Array;
  private entriesDown = 0;
  private entriesSinceUs = 0;
  readonly entriesAvailableUs = new Float64Array(1);

  constructor(model: Model) {
    const serviceCount = model.services.length;
    const databaseCount = model.databases.length;
    const poolCount = model.nodePools.length;
    const perService = (): Float64Array => new Float64Array(serviceCount);
    const perDatabase = (): Float64Array => new Float64Array(databaseCount);
    const perPool = (): Float64Array => new Float64Array(poolCount);
    this.fromUs = model.warmupUs;
    this.waiting = perService();
    this.inside = perService();
    this.busy = perService();
    this.waitingOriginUs = perService();
    this.insideOriginUs = perService();
    this.busyOriginUs = perService();
    this.queueAreaUs = perService();
    this.inSystemAreaUs = perService();
    this.busyAreaUs = perService();
    this.instances = perService();
    this.ready = perService();
    this.readyVCpu = perService();
    this.fleetSinceUs = perService();
    this.instanceAreaUs = perService();
    this.cpuReadyUs = perService();
    this.availableUs = perService();
    this.instancesMin = perService();
    this.instancesMax = perService();
    this.cpuUsedUs = perService();
    this.cpuWastedUs = perService();
    this.scaleOutCount = perService();
    this.scaleInCount = perService();
    this.restartCount = perService();
    this.replacementCount = perService();
    this.coldStartCount = perService();
    this.sojournUs = perService();
    this.offered = perService();
    this.ended = new Float64Array(serviceCount * outcomeNames.length);
    this.dbWaiting = perDatabase();
    this.dbInside = perDatabase();
    this.dbConnections = perDatabase();
    this.dbSinceUs = perDatabase();
    this.dbQueueAreaUs = perDatabase();
    this.dbInSystemAreaUs = perDatabase();
    this.dbConnectionAreaUs = perDatabase();
    this.dbConnectionLimit = Float64Array.from(model.databases, ({ connections }) => connections);
    this.nodes = perPool();
    this.nodesMax = perPool();
    this.nodeVCpu = Float64Array.from(model.nodePools, ({ vCpu }) => vCpu);
    this.nodeRequested = perPool();
    this.poolSinceUs = perPool();
    this.nodeAreaUs = perPool();
    this.nodeRequestedAreaUs = perPool();
    this.nodeAllocatableAreaUs = perPool();
    this.visitorsInside = new Float64Array(model.traffic.length);
    this.isEntry = new Uint8Array(serviceCount);
    for (const { entries } of model.traffic) for (const { service } of entries) this.isEntry[service] = 1;
    // Environments answer from zero; replicas are down until the first is ready.
    model.services.forEach(({ dispatch }, service) => {
      if (dispatch.kind === 'environments') this.ready[service] = 1;
      else if (this.isEntry[service] === 1) this.entriesDown++;
    });
  }

  /** Bring the areas of a service's station to now. Call before reading them. */
  settleStation(service: number, nowUs: number): void {
    this.queueAreaUs[service] = this.waiting[service]! * nowUs - this.waitingOriginUs[service]!;
    this.inSystemAreaUs[service] = this.inside[service]! * nowUs - this.insideOriginUs[service]!;
    this.busyAreaUs[service] = this.busy[service]! * nowUs - this.busyOriginUs[service]!;
  }

  /** Bring a service's fleet to now. */
  settleFleet(service: number, nowUs: number): void {
    const spanUs = nowUs - this.fleetSinceUs[service]!;
    if (spanUs === 0) return;
    this.fleetSinceUs[service] = nowUs;
    this.instanceAreaUs[service]! += this.instances[service]! * spanUs;
    this.cpuReadyUs[service]! += this.readyVCpu[service]! * spanUs;
    if (this.ready[service]! > 0) this.availableUs[service]! += spanUs;
  }

  /** An instance came into (`step` 1) or went out of (`step` -1) the count of instances. */
  countInstance(service: number, step: 1 | -1, nowUs: number): void {
    this.settleFleet(service, nowUs);
    const count = this.instances[service]! + step;
    this.instances[service] = count;
    if (count > this.instancesMax[service]!) this.instancesMax[service] = count;
    if (count < this.instancesMin[service]!) this.instancesMin[service] = count;
  }

  /** An instance began or ceased to compute; `answers` says whether that makes it able to answer requests, too. */
  countReady(service: number, step: 1 | -1, vCpu: number, answers: boolean, nowUs: number): void {
    this.settleFleet(service, nowUs);
    this.readyVCpu[service]! += step * vCpu;
    if (!answers) return;
    const before = this.ready[service]!;
    this.ready[service] = before + step;
    if (this.isEntry[service] !== 1) return;
    if (before === 0 || before + step === 0) {
      this.settleEntries(nowUs);
      this.entriesDown -= step;
    }
  }

  settleDatabase(database: number, nowUs: number): void {
    const spanUs = nowUs - this.dbSinceUs[database]!;
    if (spanUs === 0) return;
    this.dbSinceUs[database] = nowUs;
    this.dbQueueAreaUs[database]! += this.dbWaiting[database]! * spanUs;
    this.dbInSystemAreaUs[database]! += this.dbInside[database]! * spanUs;
    this.dbConnectionAreaUs[database]! += this.dbConnections[database]! * spanUs;
  }

  settlePool(pool: number, nowUs: number): void {
    const spanUs = nowUs - this.poolSinceUs[pool]!;
    if (spanUs === 0) return;
    this.poolSinceUs[pool] = nowUs;
    this.nodeAreaUs[pool]! += this.nodes[pool]! * spanUs;
    this.nodeRequestedAreaUs[pool]! += this.nodeRequested[pool]! * spanUs;
    this.nodeAllocatableAreaUs[pool]! += this.nodes[pool]! * this.nodeVCpu[pool]! * spanUs;
  }

  countNode(pool: number, step: 1 | -1, nowUs: number): void {
    this.settlePool(pool, nowUs);
    this.nodes[pool]! += step;
    this.nodesMax[pool] = Math.max(this.nodesMax[pool]!, this.nodes[pool]!);
  }

  /** Bring everything to now, for a view. */
  settleAll(nowUs: number): void {
    for (let service = 0; service < this.waiting.length; service++) {
      this.settleStation(service, nowUs);
      this.settleFleet(service, nowUs);
    }
    for (let database = 0; database < this.dbWaiting.length; database++) this.settleDatabase(database, nowUs);
    for (let pool = 0; pool < this.nodes.length; pool++) this.settlePool(pool, nowUs);
    this.settleEntries(nowUs);
  }

  /** Minima and maxima start anew from what is now. */
  restartExtremes(): void {
    this.instancesMin.set(this.instances);
    this.instancesMax.set(this.instances);
    this.nodesMax.set(this.nodes);
  }

  /** The arrays themselves as observers see them; `nowUs` is set at each sample. */
  view(): StateView {
    return {
      nowUs: 0,
      visitorsInside: this.visitorsInside,
      service: {
        queueAreaUs: this.queueAreaUs,
        inSystemAreaUs: this.inSystemAreaUs,
        instanceAreaUs: this.instanceAreaUs,
        busyAreaUs: this.busyAreaUs,
        cpuUsedUs: this.cpuUsedUs,
        cpuReadyUs: this.cpuReadyUs,
        cpuWastedUs: this.cpuWastedUs,
        availableUs: this.availableUs,
        waitingNow: this.waiting,
        inSystemNow: this.inside,
        instancesNow: this.instances,
        instancesMin: this.instancesMin,
        instancesMax: this.instancesMax,
        scaleOutCount: this.scaleOutCount,
        scaleInCount: this.scaleInCount,
        restartCount: this.restartCount,
        replacementCount: this.replacementCount,
        coldStartCount: this.coldStartCount,
      },
      database: {
        queueAreaUs: this.dbQueueAreaUs,
        inSystemAreaUs: this.dbInSystemAreaUs,
        connectionAreaUs: this.dbConnectionAreaUs,
        connectionLimit: this.dbConnectionLimit,
      },
      pool: {
        nodeAreaUs: this.nodeAreaUs,
        nodesNow: this.nodes,
        nodesMax: this.nodesMax,
        cpuRequestedAreaUs: this.nodeRequestedAreaUs,
        cpuAllocatableAreaUs: this.nodeAllocatableAreaUs,
      },
      entriesAvailable: this.entriesAvailableUs,
    };
  }

  private settleEntries(nowUs: number): void {
    if (this.entriesDown === 0) this.entriesAvailableUs[0]! += nowUs - this.entriesSinceUs;
    this.entriesSinceUs = nowUs;
  }
}
