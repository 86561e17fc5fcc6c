/**
 * Incidents: what each release and each fault of the scenario did to the service it struck. How long it took, how
 * little was left standing, who was lost. Its own file because it is the one recorder that ties facts of different
 * kinds together.
 *
 * A span is lost to an incident when it failed or was refused on an instance that the incident took away, or where no
 * instance was known while it went on; under an error fault, when it failed while that lasted; under a slow one, when
 * it timed out or was refused then. A drained node takes its evicted instances away, and has recovered when for the
 * last time as many are ready as before. One that hangs loses those that time out on it, too. A fault is detected when
 * somebody sees the process end, a probe says so, a balancer ejects an instance as an outlier, or a caller's circuit
 * breaker opens.
 * A new version's own errors are not the change-over's: they stand in error_ratio. Warm-up counts here.
 * Checked by hand-made facts in test/observation.
 */
import { Extremes } from './census.js';
import { type InstanceFact, type NoteFact, type Observer, outcomes, type SpanFact } from './contract.js';
import { noticerOf } from './faultTotals.js';

/** A release or fault as the model plans it. `crash-at-random` has no moment of its own: `atUs` is then 0. */
export interface IncidentPlan {
  readonly kind:
    | 'release'
    | 'crash'
    | 'crash-at-random'
    | 'hang'
    | 'slow'
    | 'error'
    | 'lose-node'
    | 'drain-node'
    | 'lose-zone'
    | 'slow-database'
    | 'lose-database';
  readonly name: string;
  /** Whom it may strike: one, or for machines and databases several. */
  readonly services: readonly number[];
  readonly atUs: number;
}

/** Microseconds from its beginning; null: has not happened before the run ended. */
export interface IncidentFacts {
  readonly hasBegun: boolean;
  readonly lastedUs: number | null;
  readonly detectedUs: number | null;
  /** Who noticed; empty where nobody did. */
  readonly detectedBy: string;
  readonly recoveredUs: number | null;
  readonly lostCount: number;
  /** Fewest ready instances while it went on, over those before; null when none was ready before. */
  readonly capacityMin: number | null;
  /** A release that was taken back. */
  readonly isAborted: boolean;
}

class Incident {
  readonly plan: IncidentPlan;
  /** Of a release: which version of the service it brings. */
  readonly version: number;
  readonly ready = new Extremes();
  beganUs = -1;
  overUs = -1;
  detectedUs = -1;
  detectedBy = '';
  /** Somebody has taken a hanging instance out, or ended it. */
  isActedOn = false;
  recoveredUs = -1;
  readyBeforeCount = 0;
  lostCount = 0;
  isAborted = false;

  constructor(plan: IncidentPlan, version: number) {
    this.plan = plan;
    this.version = version;
  }

  /** Whether it is still taking capacity away. */
  get isOpen(): boolean {
    const { kind } = this.plan;
    if (this.beganUs < 0) return false;
    if (kind === 'release' || kind === 'drain-node') return this.overUs < 0;
    if (kind === 'hang') return this.recoveredUs < 0 && (this.overUs < 0 || this.isActedOn);
    return takesInstances(kind) && this.recoveredUs < 0;
  }
}

/** An instance that an incident took away, and when it was ready again. */
interface Loss {
  readonly incident: Incident;
  readonly leftUs: number;
  backUs: number;
}

export class Incidents implements Observer {
  /** By plan: what it did to each service it strikes. */
  private readonly parts: readonly (readonly Incident[])[];
  private readonly ofServices = new Map<number, ServiceIncidents>();

  private readonly serviceNames: readonly string[];

  /** @param serviceNames of all services, in the order of their numbers: who calls notes whom by name */
  constructor(plans: readonly IncidentPlan[], serviceNames: readonly string[] = []) {
    this.serviceNames = serviceNames;
    const releaseCounts = new Map<number, number>();
    this.parts = plans.map((plan) =>
      plan.services.map((service) => {
        const version = (releaseCounts.get(service) ?? 0) + (plan.kind === 'release' ? 1 : 0);
        releaseCounts.set(service, version);
        const incident = new Incident(plan, version);
        const own = this.ofServices.get(service) ?? new ServiceIncidents();
        own.incidents.push(incident);
        this.ofServices.set(service, own);
        if (plan.kind === 'crash-at-random') incident.beganUs = 0;
        return incident;
      }),
    );
  }

  instanceChanged(fact: InstanceFact): void {
    this.ofServices.get(fact.service)?.hearInstance(fact);
  }

  noted(fact: NoteFact): void {
    if (fact.kind === 'breaker-open') this.hearBreaker(fact);
    else this.ofServices.get(fact.service)?.hearNote(fact);
  }

  /** A caller's breaker opens: `service.operation` of whom it called no longer is in its detail. */
  private hearBreaker({ service, nowUs, detail }: NoteFact): void {
    const called = this.serviceNames.indexOf(detail.slice(0, detail.lastIndexOf('.')));
    this.ofServices.get(called)?.hearNoticed(nowUs, `the circuit breaker of ${this.serviceNames[service]}`);
  }

  spanEnded(fact: SpanFact): void {
    if (fact.outcome !== outcomes.completed) this.ofServices.get(fact.service)?.hearLoss(fact);
  }

  runEnded(nowUs: number): void {
    for (const parts of this.parts) for (const { ready } of parts) ready.settle(nowUs);
  }

  /** In the order of the plans; to be asked after the run. */
  facts(): IncidentFacts[] {
    return this.parts.map((parts) => together(parts.map(factsOf)));
  }
}

function factsOf(incident: Incident): IncidentFacts {
  const { beganUs, overUs, detectedUs, detectedBy, readyBeforeCount, lostCount, ready } = incident;
  const since = (momentUs: number): number | null => (momentUs < 0 ? null : momentUs - beganUs);
  return {
    hasBegun: beganUs >= 0,
    lastedUs: since(overUs),
    detectedUs: since(detectedUs),
    detectedBy,
    recoveredUs: since(recoveryOf(incident)),
    lostCount,
    capacityMin: readyBeforeCount > 0 ? ready.min / readyBeforeCount : null,
    isAborted: incident.isAborted,
  };
}

/** Of one that strikes several services: seen by the first, over with the last; services it left alone don't count. */
function together(all: readonly IncidentFacts[]): IncidentFacts {
  if (all.length === 1) return all[0]!;
  const isStruck = ({ capacityMin }: IncidentFacts): boolean => capacityMin !== null && capacityMin < 1;
  const struck = all.some(isStruck) ? all.filter(isStruck) : all;
  const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
  const least = (values: readonly (number | null)[]): number | null => leastOf(known(values));
  const last = (values: readonly (number | null)[]): number | null =>
    values.length === 0 || values.includes(null) ? null : Math.max(...known(values));
  const detected = least(struck.map(({ detectedUs }) => detectedUs));
  return {
    hasBegun: all.some(({ hasBegun }) => hasBegun),
    lastedUs: last(all.map(({ lastedUs }) => lastedUs)),
    detectedUs: detected,
    detectedBy: struck.find(({ detectedUs }) => detectedUs === detected)?.detectedBy ?? '',
    recoveredUs: last(struck.map(({ recoveredUs }) => recoveredUs)),
    lostCount: all.reduce((sum, { lostCount }) => sum + lostCount, 0),
    capacityMin: least(all.map(({ capacityMin }) => capacityMin)),
    isAborted: all.some(({ isAborted }) => isAborted),
  };
}

const leastOf = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.min(...values));

/** Faults that end instances at once. */
function takesInstances(kind: IncidentPlan['kind']): boolean {
  return kind === 'crash' || kind === 'lose-node' || kind === 'lose-zone';
}

/** What hung and was left alone has recovered when it goes on; what was not, when as many are ready as before. */
function recoveryOf({ plan, overUs, isActedOn, recoveredUs }: Incident): number {
  if (takesInstances(plan.kind) || plan.kind === 'drain-node') return recoveredUs;
  return plan.kind === 'hang' && isActedOn ? recoveredUs : overUs;
}

/** The incidents of one service, and who of its instances is ready. */
class ServiceIncidents {
  readonly incidents: Incident[] = [];
  private readonly ready = new Set<number>();
  private readonly losses = new Map<number, Loss>();

  hearNote({ kind, nowUs, instance, detail }: NoteFact): void {
    if (instance >= 0) {
      this.hearOfInstance(kind, instance, nowUs, detail);
      return;
    }
    for (const incident of this.incidents) {
      const isRelease = incident.plan.kind === 'release';
      const hasBegun = incident.beganUs >= 0;
      if (!hasBegun && kind === (isRelease ? 'release-begins' : 'fault') && incident.plan.atUs === nowUs)
        this.begin(incident, nowUs);
      else if (isRelease && incident.isOpen && kind === 'release-aborted') incident.isAborted = true;
      else if (hasBegun && incident.overUs < 0 && kind === (isRelease ? 'release-done' : 'fault-over')) {
        incident.overUs = nowUs;
        incident.ready.settle(nowUs);
        this.goOn(incident, nowUs);
      }
    }
  }

  private hearOfInstance(kind: string, instance: number, nowUs: number, detail: string): void {
    const loss = this.losses.get(instance);
    if (kind === 'hung') {
      const incident = this.incidents.find(({ plan, beganUs }) => plan.kind === 'hang' && beganUs === nowUs);
      if (incident) this.losses.set(instance, { incident, leftUs: nowUs, backUs: Number.POSITIVE_INFINITY });
    } else if (kind === 'evicted') {
      const incident = this.incidents.find(({ plan, isOpen }) => plan.kind === 'drain-node' && isOpen);
      if (incident && (loss?.backUs ?? 0) < Number.POSITIVE_INFINITY)
        this.losses.set(instance, { incident, leftUs: nowUs, backUs: Number.POSITIVE_INFINITY });
    } else if (kind === 'ejected') {
      // What fails at the moment of a crash is the crash; whoever stops asking later has noticed it.
      if (loss && nowUs > loss.leftUs) detect(loss.incident, nowUs, noticerOf(kind, detail));
      else if (!loss) this.hearNoticed(nowUs, noticerOf(kind, detail));
    } else if (kind === 'crash') {
      if (loss) act(loss.incident, nowUs, noticerOf(kind, detail));
    } else if (kind === 'unready') {
      if (loss) act(loss.incident, nowUs, noticerOf(kind, detail));
      if (this.ready.delete(instance)) this.changeReady(-1, nowUs);
    } else if (kind === 'ready-again') this.return(instance, nowUs);
  }

  /** Somebody has noticed that the service is not well: what goes on there now. */
  hearNoticed(nowUs: number, noticer: string): void {
    for (const incident of this.incidents) {
      const { plan, beganUs, overUs, recoveredUs } = incident;
      const isOver = takesInstances(plan.kind) ? recoveredUs >= 0 : overUs >= 0;
      if (!isOver && beganUs < nowUs && isNoticeable(plan.kind)) detect(incident, nowUs, noticer);
    }
  }

  hearInstance({ instance, phase, nowUs, version }: InstanceFact): void {
    if (phase === 'draining' || phase === 'gone' || phase === 'crashed') {
      this.leave(instance, phase, version, nowUs);
    } else if (phase === 'ready') this.return(instance, nowUs);
  }

  hearLoss({ instance, beganUs, endedUs, outcome }: SpanFact): void {
    const loss = instance < 0 ? undefined : this.losses.get(instance);
    const isTimedOut = outcome === outcomes.timedOut;
    const countsHere = !isTimedOut || loss?.incident.plan.kind === 'hang';
    if (loss && countsHere && endedUs >= loss.leftUs && beganUs <= loss.backUs) {
      loss.incident.lostCount++;
      return;
    }
    for (const incident of this.incidents) {
      const { plan, isOpen, overUs } = incident;
      // Where nobody was there before, nobody's absence is the incident's doing.
      const hasNobody = instance < 0 && isOpen && !isTimedOut && incident.readyBeforeCount > 0;
      const isInForce = incident.beganUs >= 0 && overUs < 0;
      const isErring = makesErrors(plan.kind) && outcome === outcomes.failed;
      const isTooSlow = makesSlow(plan.kind) && outcome !== outcomes.failed;
      if (!hasNobody && !(isInForce && (isErring || isTooSlow))) continue;
      incident.lostCount++;
      return;
    }
  }

  private begin(incident: Incident, nowUs: number): void {
    incident.beganUs = nowUs;
    incident.readyBeforeCount = this.ready.size;
    incident.ready.change(this.ready.size, nowUs);
    incident.ready.restart(nowUs);
  }

  /** What hung and was not taken away meanwhile answers again. */
  private goOn(incident: Incident, nowUs: number): void {
    if (incident.plan.kind !== 'hang') return;
    for (const [instance, loss] of this.losses)
      if (loss.incident === incident && loss.backUs === Number.POSITIVE_INFINITY && this.ready.has(instance))
        loss.backUs = nowUs;
  }

  private leave(instance: number, phase: InstanceFact['phase'], version: number, nowUs: number): void {
    if (this.ready.delete(instance)) this.changeReady(-1, nowUs);
    const incident = this.incidents.find(({ plan, beganUs, version: brings, isAborted }) => {
      if (beganUs < 0) return false;
      if (plan.kind === 'release')
        return phase !== 'crashed' && (version < brings || (isAborted && version === brings));
      if (takesInstances(plan.kind)) return phase === 'crashed' && beganUs === nowUs;
      return plan.kind === 'crash-at-random' && phase === 'crashed';
    });
    if (incident && (this.losses.get(instance)?.backUs ?? 0) < Number.POSITIVE_INFINITY)
      this.losses.set(instance, { incident, leftUs: nowUs, backUs: Number.POSITIVE_INFINITY });
  }

  private return(instance: number, nowUs: number): void {
    const loss = this.losses.get(instance);
    if (loss && loss.backUs === Number.POSITIVE_INFINITY) loss.backUs = nowUs;
    this.ready.add(instance);
    this.changeReady(1, nowUs);
    for (const incident of this.incidents) if (this.hasRecovered(incident)) incident.recoveredUs = nowUs;
  }

  /** As many are ready as before; of a fault that waits to be seen, only then. */
  private hasRecovered(incident: Incident): boolean {
    const { kind } = incident.plan;
    if (!incident.isOpen || this.ready.size < incident.readyBeforeCount) return false;
    return takesInstances(kind) || kind === 'drain-node' || (kind === 'hang' && incident.isActedOn);
  }

  private changeReady(by: number, nowUs: number): void {
    for (const incident of this.incidents) if (incident.isOpen) incident.ready.change(by, nowUs);
  }
}

/** Faults with a moment of their own that whoever calls may notice. */
function isNoticeable(kind: IncidentPlan['kind']): boolean {
  return kind !== 'release' && kind !== 'crash-at-random' && kind !== 'drain-node';
}

/** Faults under which requests wait longer than their callers, or find queues full. */
function makesSlow(kind: IncidentPlan['kind']): boolean {
  return kind === 'slow' || kind === 'slow-database';
}

/** Faults under which requests fail on instances that stand. */
function makesErrors(kind: IncidentPlan['kind']): boolean {
  return kind === 'error' || kind === 'slow-database' || kind === 'lose-database';
}

function detect(incident: Incident, nowUs: number, noticer: string): void {
  if (incident.beganUs < 0 || incident.detectedUs >= 0) return;
  incident.detectedUs = nowUs;
  incident.detectedBy = noticer;
}

/** Noticed by one who does something about it. */
function act(incident: Incident, nowUs: number, noticer: string): void {
  detect(incident, nowUs, noticer);
  incident.isActedOn = true;
}
