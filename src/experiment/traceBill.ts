/**
 * What of the bill belongs to one visitor, or to a span of the simulated time: the same meters and prices as the
 * invoice's, at list prices and before allowances, for those belong to a whole month.
 *
 * Its own file because a bill is otherwise made of a whole run. Of a visitor only what is counted for him alone is told
 * (calls, their time, attempts at a gateway); what stood by for everybody is only named. Checked by
 * test/experiment/traceBill.test.ts.
 */
import type { BillingPlan, MeterSet, Usage } from '../billing/contract.js';
import { writeInvoice } from '../billing/invoice.js';
import { startMeters } from '../billing/meterSet.js';
import type { InstanceFact, InvocationFact, Observer, RunFrame } from '../observation/contract.js';
import type { TracedVisit } from '../observation/traceRecorder.js';

/** What a trace's visitor or window was charged, at list prices before allowances; decimals as text. */
export interface TracedBill {
  readonly totalUsd: string;
  readonly lines: readonly {
    readonly service: string;
    readonly line: string;
    readonly quantity: string;
    readonly unit: string;
    readonly unitPriceUsd: string;
    readonly usd: string;
  }[];
  /** Lines that stand by for everybody: no part of them is one visitor's. */
  readonly shared: readonly string[];
}

/** A month like the span itself: only its own amount is read. */
function ofSpan(plan: BillingPlan): BillingPlan {
  const { monthH } = plan.month;
  return { ...plan, discounts: [], month: { monthH, representsH: monthH, restShare: '0' } };
}

function billOf(plan: BillingPlan, usage: Usage, shared: readonly string[]): TracedBill {
  if (plan.charges.length === 0) return { totalUsd: '0', lines: [], shared };
  const { lines, total } = writeInvoice(plan, [usage], null);
  return {
    totalUsd: total.runUsd,
    lines: lines.flatMap(({ service, line, quantityRun, unit, unitPriceUsd, amountRunUsd }) =>
      Number(quantityRun) === 0
        ? []
        : [{ service, line, quantity: quantityRun, unit, unitPriceUsd, usd: amountRunUsd }],
    ),
    shared,
  };
}

/** The bill of what passes between two readings of the same meters. */
export class SpanBill {
  readonly meters: MeterSet;
  private readonly plan: BillingPlan;
  private before: Usage | null = null;

  constructor(plan: BillingPlan) {
    this.plan = ofSpan(plan);
    this.meters = startMeters(this.plan);
  }

  /** The run has come to the beginning of the span. */
  begin(nowUs: number): void {
    this.before = this.meters.usageAt(nowUs);
  }

  /** The run has come to its end. Nothing is billed of the warm-up. */
  end(nowUs: number): TracedBill {
    const after = this.meters.usageAt(nowUs);
    const { before } = this;
    const quantityBefore = (place: number): bigint => BigInt(before?.charges[place]?.quantity ?? '0');
    const measuredUs = BigInt(after.measuredUs) - BigInt(before?.measuredUs ?? '0');
    if (measuredUs <= 0n) return { totalUsd: '0', lines: [], shared: [] };
    const charges = after.charges.map(({ quantity }, place) => ({
      quantity: (BigInt(quantity) - quantityBefore(place)).toString(),
      workedUs: '0',
      waitingUs: '0',
    }));
    return billOf(this.plan, { ...after, measuredUs: measuredUs.toString(), charges }, []);
  }
}

/** Meters that count for one visitor alone. `queries` do where reading and writing cost the same. */
function isForOne({ meter }: BillingPlan['charges'][number]): boolean {
  if (meter.kind === 'queries') return meter.access === 'any';
  return meter.kind === 'invocations' || meter.kind === 'invocation-time' || meter.kind === 'visits';
}

/**
 * The bill of one visitor whose way is known, from a run of the same seed once more: how long a call held its place and
 * what its start-up took is only told to meters.
 */
export class VisitBill {
  /** To be told of that run. */
  readonly observer: Observer;
  private readonly plan: BillingPlan;
  private readonly visit: TracedVisit;
  private readonly meters: MeterSet;
  private readonly shared: readonly string[];
  /** His calls by service, instance and when their work began. */
  private readonly calls: ReadonlySet<string>;

  constructor(plan: BillingPlan, visit: TracedVisit) {
    this.plan = { ...ofSpan(plan), charges: plan.charges.filter(isForOne) };
    this.visit = visit;
    this.shared = [...new Set(plan.charges.filter((charge) => !isForOne(charge)).map(({ line }) => line))];
    this.calls = new Set(visit.spans.map(({ target, instance, startedUs }) => callKey(target, instance, startedUs)));
    this.meters = startMeters(this.plan);
    this.observer = {
      // Whoever came during the warm-up has a bill of his own, too.
      runStarted: (frame: RunFrame) => this.meters.runStarted?.({ ...frame, fromUs: 0 }),
      instanceChanged: (fact: InstanceFact) => this.meters.instanceChanged?.(fact),
      invocationEnded: (fact: InvocationFact) => {
        const { service, instance, beganUs } = fact;
        if (this.calls.has(callKey(service, instance, beganUs)))
          this.meters.invocationEnded?.({ ...fact, isMeasured: true });
      },
    };
  }

  /** When the run has come so far that he has left. */
  bill(): TracedBill {
    const { meters, visit } = this;
    const { source, attemptCount, beganUs, endedUs, spans } = visit;
    for (let attempt = 0; attempt < attemptCount; attempt++) meters.visitorArrived?.(source, beganUs, true);
    for (const { isQuery, target } of spans) if (isQuery) meters.queryBegan?.(target, beganUs, true, false);
    meters.visitorEnded?.({ ...visit, isMeasured: true });
    return billOf(this.plan, meters.usageAt(Math.max(1, endedUs)), this.shared);
  }
}

function callKey(service: number, instance: number, beganUs: number): string {
  return `${service}/${instance}/${beganUs}`;
}
