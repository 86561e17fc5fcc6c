/**
 * All meters of a platform in one run: hands each fact to the meters that want it, and at the end tells the usage.
 *
 * Its own file because the meters don't know each other, and the engine should be told of no fact that nobody bills.
 * Charges that measure the same thing (CPU and memory of the same seconds) share a meter. Checked by hand-made facts
 * in test/billing/meters.test.ts.
 */
import type {
  InstanceFact,
  InvocationFact,
  NodeFact,
  Observer,
  RunFrame,
  SampleMoment,
  StateView,
  VisitorFact,
} from '../observation/contract.js';
import { ActivityReader } from './activityReader.js';
import type { BillingPlan, ChargeUsage, MeterSet, Usage } from './contract.js';
import type { Hearing, RunningMeter } from './meters/contract.js';
import { ProvisionedInstances } from './meters/provisionedInstances.js';
import { hearingsOf, startMeter } from './meters/registry.js';

/**
 * Watches one run of a platform billed by `plan`. Names are bound when the run starts; ask for `usage()` when it is
 * over.
 */
export function startMeters(plan: BillingPlan): MeterSet {
  const set = new RunningMeters(plan);
  const heard = new Set(plan.charges.flatMap(({ meter }) => hearingsOf(meter)));
  const knowsProvisioned = plan.charges.some(({ meter }) => 'watched' in meter && meter.watched !== 'all');
  const hears = (hearing: Hearing): boolean => heard.has(hearing);
  // A method that is left out costs the engine nothing.
  const observer: Observer = {
    runStarted: (frame) => set.runStarted(frame),
    sampled: (state, moment) => set.sampled(state, moment),
    runEnded: (nowUs) => set.runEnded(nowUs),
    ...(hears('invocations') && {
      invocationEnded: (fact: InvocationFact) => set.invocationEnded(fact),
      invocationInFlight: (fact: InvocationFact) => set.invocationInFlight(fact),
    }),
    ...((hears('instances') || knowsProvisioned) && {
      instanceChanged: (fact: InstanceFact) => set.instanceChanged(fact),
    }),
    ...(hears('busy') && {
      instanceBusyChanged: (service: number, instance: number, isBusy: boolean, nowUs: number) =>
        set.busyChanged(service, instance, isBusy, nowUs),
    }),
    ...(hears('nodes') && { nodeChanged: (fact: NodeFact) => set.nodeChanged(fact) }),
    ...(hears('visits') && {
      visitorArrived: (source: number, nowUs: number, isMeasured: boolean) =>
        set.visitorArrived(source, nowUs, isMeasured),
      visitorEnded: (fact: VisitorFact) => set.visitorEnded(fact),
    }),
    ...(hears('queries') && {
      queryBegan: (database: number, _nowUs: number, isMeasured: boolean, isWrite: boolean) =>
        set.queryBegan(database, isMeasured, isWrite),
    }),
    ...(hears('zone-ways') && {
      zoneWayTaken: (service: number, way: 0 | 1, isAcross: boolean, isMeasured: boolean) =>
        set.zoneWayTaken(service, way, isAcross, isMeasured),
    }),
    ...(hears('queue-requests') && {
      queueAsked: (queue: number, _request: unknown, _nowUs: number, isMeasured: boolean) =>
        set.queueAsked(queue, isMeasured),
    }),
  };
  return { ...observer, usage: () => set.usage(), usageAt: (nowUs, tellWork) => set.usageAt(nowUs, tellWork) };
}

class RunningMeters {
  private readonly plan: BillingPlan;
  private readonly activity = new ActivityReader();
  private frame: RunFrame | null = null;
  private provisioned = new ProvisionedInstances(0);
  /** One for each charge, in their order; charges that measure the same share one. */
  private ofCharges: RunningMeter[] = [];
  private all: RunningMeter[] = [];
  private ofInvocations: RunningMeter[][] = [];
  private ofInstances: RunningMeter[][] = [];
  private ofBusy: RunningMeter[][] = [];
  private ofPools: RunningMeter[][] = [];
  private ofDatabases: RunningMeter[][] = [];
  private ofQueues: RunningMeter[][] = [];
  private ofWays: RunningMeter[][] = [];
  private ofVisits: RunningMeter[] = [];
  private endedUs: number | null = null;

  constructor(plan: BillingPlan) {
    this.plan = plan;
  }

  runStarted(run: RunFrame): void {
    this.frame = run;
    this.provisioned = new ProvisionedInstances(run.serviceNames.length);
    const frame = { run, provisioned: this.provisioned };
    const started = new Map<string, RunningMeter>();
    this.ofCharges = this.plan.charges.map(({ meter }) => {
      const key = JSON.stringify(meter);
      const shared = started.get(key) ?? startMeter(meter, frame);
      started.set(key, shared);
      return shared;
    });
    this.all = [...started.values()];
    const bySubject = (names: readonly unknown[], hears: (meter: RunningMeter) => unknown): RunningMeter[][] =>
      names.map((_, subject) => this.all.filter((meter) => meter.subject === subject && hears(meter)));
    this.ofInvocations = bySubject(run.serviceNames, (meter) => meter.invocationEnded);
    this.ofInstances = bySubject(run.serviceNames, (meter) => meter.instanceChanged);
    this.ofBusy = bySubject(run.serviceNames, (meter) => meter.busyChanged);
    this.ofDatabases = bySubject(run.databaseNames, (meter) => meter.queryBegan);
    this.ofQueues = bySubject(run.queueNames ?? [], (meter) => meter.queueAsked);
    this.ofWays = bySubject(run.serviceNames, (meter) => meter.zoneWayTaken);
    const nodeMeters = this.all.filter((meter) => meter.nodeChanged);
    const poolCount = Math.max(0, ...nodeMeters.map(({ subject }) => subject + 1));
    this.ofPools = Array.from({ length: poolCount }, (_, pool) => nodeMeters.filter(({ subject }) => subject === pool));
    this.ofVisits = this.all.filter((meter) => meter.visitorArrived);
  }

  invocationEnded(fact: InvocationFact): void {
    const meters = this.ofInvocations[fact.service]!;
    for (let i = 0; i < meters.length; i++) meters[i]!.invocationEnded!(fact);
  }

  invocationInFlight(fact: InvocationFact): void {
    for (const meter of this.ofInvocations[fact.service]!) meter.invocationInFlight!(fact);
  }

  instanceChanged(fact: InstanceFact): void {
    this.provisioned.hear(fact);
    for (const meter of this.ofInstances[fact.service]!) meter.instanceChanged!(fact);
  }

  busyChanged(service: number, instance: number, isBusy: boolean, nowUs: number): void {
    const meters = this.ofBusy[service]!;
    for (let i = 0; i < meters.length; i++) meters[i]!.busyChanged!(instance, isBusy, nowUs);
  }

  nodeChanged(fact: NodeFact): void {
    for (const meter of this.ofPools[fact.pool] ?? []) meter.nodeChanged!(fact);
  }

  visitorArrived(source: number, nowUs: number, isMeasured: boolean): void {
    for (const meter of this.ofVisits) meter.visitorArrived!(source, nowUs, isMeasured);
  }

  visitorEnded(fact: VisitorFact): void {
    for (const meter of this.ofVisits) meter.visitorEnded!(fact);
  }

  queueAsked(queue: number, isMeasured: boolean): void {
    for (const meter of this.ofQueues[queue]!) meter.queueAsked!(isMeasured);
  }

  zoneWayTaken(service: number, way: 0 | 1, isAcross: boolean, isMeasured: boolean): void {
    for (const meter of this.ofWays[service]!) meter.zoneWayTaken!(way, isAcross, isMeasured);
  }

  queryBegan(database: number, isMeasured: boolean, isWrite: boolean): void {
    for (const meter of this.ofDatabases[database]!) meter.queryBegan!(isMeasured, isWrite);
  }

  sampled(state: StateView, moment: SampleMoment): void {
    if (moment === 'measuring-begins') this.activity.begin(state);
    else if (moment === 'run-ends') this.activity.end(state);
  }

  runEnded(nowUs: number): void {
    const frame = this.startedFrame();
    if (this.endedUs !== null) return;
    this.endedUs = Math.min(nowUs, frame.toUs);
    for (const meter of this.all) meter.finish?.(this.endedUs);
  }

  /** @throws Error before the run has started or ended: a fault of ours */
  usage(): Usage {
    const frame = this.startedFrame();
    if (this.endedUs === null) throw new Error('usage of a run that has not ended');
    return this.usageOf(String(Math.max(0, this.endedUs - frame.fromUs)), (meter) => meter.quantity(), frame);
  }

  /** As if the run ended at `nowUs`; of idling nothing is said, for that is only known where states are sampled. */
  usageAt(nowUs: number, tellWork?: (observer: Observer) => void): Usage {
    const frame = this.startedFrame();
    if (nowUs <= frame.fromUs) return this.usageOf('0', () => 0n, frame);
    const quantityOf = (meter: RunningMeter): bigint => meter.quantityAt?.(nowUs) ?? meter.quantity();
    const marks = tellWork ? this.all.flatMap((meter) => meter.mark?.() ?? []) : [];
    if (marks.length > 0) tellWork?.({ invocationInFlight: (fact) => this.invocationInFlight(fact) });
    const usage = this.usageOf(String(nowUs - frame.fromUs), quantityOf, frame);
    for (const forget of marks) forget();
    return usage;
  }

  private usageOf(measuredUs: string, quantityOf: (meter: RunningMeter) => bigint, { serviceNames }: RunFrame): Usage {
    return {
      measuredUs,
      charges: this.ofCharges.map((meter) => ({
        quantity: quantityOf(meter).toString(),
        workedUs: (meter.workedUs?.() ?? 0n).toString(),
        waitingUs: (meter.waitingUs?.() ?? 0n).toString(),
        ...minimumOf(meter),
      })),
      ...this.activity.read(serviceNames),
    };
  }

  private startedFrame(): RunFrame {
    if (!this.frame) throw new Error('usage of a run that has not started');
    return this.frame;
  }
}

/** Left out where no minimum was charged: most usages say nothing of it. */
function minimumOf({ minimumUs }: RunningMeter): Pick<ChargeUsage, 'minimumUs'> {
  const added = minimumUs?.() ?? 0n;
  return added === 0n ? {} : { minimumUs: added.toString() };
}
