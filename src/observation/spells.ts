/**
 * Spells: the measured time again, from some later moment on or cut into equal pieces, each counted as if it were all
 * that is measured. For objectives that hold `from` a moment, or in a share of windows (`every`, `in`).
 *
 * Its own file because one tally and one recorder of states serve every metric in every spell: facts go to the tally of
 * the spell in which a thing began, states are closed and opened where one spell ends and the next begins (at the first
 * sample from there on: the ends of the timeline's windows). Only one kind of fact is kept, the one that is asked for.
 */
import type {
  InstanceFact,
  NodeFact,
  Observer,
  QueryFact,
  RunFrame,
  SampleMoment,
  SpanFact,
  StateView,
  VisitorFact,
} from './contract.js';
import { StateRecorder } from './stateRecorder.js';
import { Tally } from './tally.js';

/** Which facts are counted: objectives on visitors, on spans, or on queries. */
export type SpellFacts = 'visitors' | 'spans' | 'queries';

export interface SpellPlan {
  /** Where the first spell begins; never before measuring begins. */
  readonly fromUs: number;
  /** Length of each spell, > 0; null: one spell to the end. A last piece that is shorter is left out. */
  readonly everyUs: number | null;
  readonly facts: SpellFacts;
}

type States = Pick<StateRecorder, 'services' | 'databases' | 'pools' | 'platform'>;

/** One spell, as `measure` reads it. */
export interface Spell {
  readonly tally: Tally;
  /** Without services, databases and pools where no sample fell between its ends. */
  readonly states: States;
  readonly lengthUs: number;
}

const unseen: States = new StateRecorder([]);

export class Spells implements Observer {
  private readonly plan: SpellPlan;
  private readonly thresholdsUs: readonly number[];
  private readonly states: StateRecorder;
  private readonly closedStates = new Map<number, States>();
  private tallies: readonly Tally[] = [];
  private fromUs = 0;
  private lengthUs = 1;
  /** The spell whose states are being recorded, or -1 before the first. */
  private openSpell = -1;
  private readonly visitor: Writable<VisitorFact>;
  private readonly span: Writable<SpanFact>;
  private readonly query: Writable<QueryFact>;

  constructor(plan: SpellPlan, startsByRequest: readonly boolean[], thresholdsUs: readonly number[]) {
    this.plan = plan;
    this.thresholdsUs = thresholdsUs;
    this.states = new StateRecorder(startsByRequest);
    const ended = { outcome: 0, beganUs: 0, endedUs: 0, isMeasured: false } as const;
    this.visitor = { ...ended, source: 0, attemptCount: 0, visitorNumber: 0 };
    this.span = { ...ended, service: 0, instance: 0, waitUs: 0, coldKind: 0 };
    this.query = { ...ended, database: 0, waitUs: 0 };
  }

  runStarted(frame: RunFrame): void {
    this.fromUs = Math.max(frame.fromUs, this.plan.fromUs);
    const wholeUs = frame.toUs - this.fromUs;
    this.lengthUs = Math.max(1, Math.min(this.plan.everyUs ?? wholeUs, wholeUs));
    const spellCount = wholeUs > 0 ? Math.floor(wholeUs / this.lengthUs) : 0;
    this.tallies = Array.from({ length: spellCount }, (_, k) => {
      const tally = new Tally({ thresholdsUs: this.thresholdsUs });
      const fromUs = this.fromUs + k * this.lengthUs;
      tally.runStarted({ ...frame, fromUs, toUs: fromUs + this.lengthUs });
      return tally;
    });
  }

  visitorBegan(source: number, nowUs: number): void {
    if (this.plan.facts === 'visitors') this.tallyAt(nowUs)?.visitorBegan(source, nowUs);
  }

  spanBegan(service: number, nowUs: number): void {
    if (this.plan.facts === 'spans') this.tallyAt(nowUs)?.spanBegan(service, nowUs);
  }

  queryBegan(database: number, nowUs: number): void {
    if (this.plan.facts === 'queries') this.tallyAt(nowUs)?.queryBegan(database, nowUs);
  }

  visitorEnded(fact: VisitorFact): void {
    if (this.plan.facts !== 'visitors') return;
    this.tell(Object.assign(this.visitor, fact), (tally, own) => tally.visitorEnded(own));
  }

  spanEnded(fact: SpanFact): void {
    if (this.plan.facts !== 'spans') return;
    this.tell(Object.assign(this.span, fact), (tally, own) => tally.spanEnded(own));
  }

  queryEnded(fact: QueryFact): void {
    if (this.plan.facts !== 'queries') return;
    this.tell(Object.assign(this.query, fact), (tally, own) => tally.queryEnded(own));
  }

  spanInFlight(fact: SpanFact): void {
    if (this.plan.facts !== 'spans') return;
    this.tell(Object.assign(this.span, fact), (tally, own) => tally.spanInFlight(own));
  }

  queryInFlight(fact: QueryFact): void {
    if (this.plan.facts !== 'queries') return;
    this.tell(Object.assign(this.query, fact), (tally, own) => tally.queryInFlight(own));
  }

  instanceChanged(fact: InstanceFact): void {
    this.states.instanceChanged(fact);
  }

  nodeChanged(fact: NodeFact): void {
    this.states.nodeChanged(fact);
  }

  sampled(state: StateView, moment: SampleMoment): void {
    if (state.nowUs < this.fromUs) return;
    const isOver = moment === 'run-ends';
    const spell = isOver ? this.openSpell + 1 : Math.floor((state.nowUs - this.fromUs) / this.lengthUs);
    if (spell <= this.openSpell) return;
    if (this.openSpell >= 0) {
      this.states.sampled(state, 'run-ends');
      const { services, databases, pools, platform } = this.states;
      this.closedStates.set(this.openSpell, { services, databases, pools, platform });
    }
    this.openSpell = spell;
    this.states.sampled(state, 'measuring-begins');
  }

  /** In order of time; to be asked after the run. */
  spells(): Spell[] {
    return this.tallies.map((tally, k) => ({
      tally,
      states: this.closedStates.get(k) ?? unseen,
      lengthUs: this.lengthUs,
    }));
  }

  /** To the spell in which it began; and to the one in which it ended, where that counts completions inside. */
  private tell<F extends Writable<{ beganUs: number; endedUs: number; isMeasured: boolean }>>(
    fact: F,
    hear: (tally: Tally, fact: F) => void,
  ): void {
    const began = this.tallyAt(fact.beganUs);
    const ended = this.tallyAt(fact.endedUs);
    fact.isMeasured = true;
    if (began) hear(began, fact);
    if (!ended || ended === began) return;
    fact.isMeasured = false;
    hear(ended, fact);
  }

  private tallyAt(nowUs: number): Tally | undefined {
    return nowUs < this.fromUs ? undefined : this.tallies[Math.floor((nowUs - this.fromUs) / this.lengthUs)];
  }
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };
