/**
 * A token bucket: so many starts at once, then so many a second.
 */
import type { TokenBucketModel } from '../../src/model/contract.js';
import type { Agenda, Appointment } from './agenda.js';

/** Room for rounding: a token is there although its parts do not add up to 1 exactly. */
const tolerance = 1e-9;

export class TokenBucket {
  private readonly agenda: Agenda;
  private readonly spec: TokenBucketModel;
  private readonly whenTokenComes: () => void;
  private level: number;
  private levelUs = 0;
  private next: Appointment | null = null;

  constructor(agenda: Agenda, spec: TokenBucketModel, whenTokenComes: () => void) {
    this.agenda = agenda;
    this.spec = spec;
    this.whenTokenComes = whenTokenComes;
    this.level = spec.burst;
  }

  /** Take a token; false when there is none. */
  take(): boolean {
    this.refill();
    if (this.level < 1 - tolerance) return false;
    this.level -= 1;
    return true;
  }

  /** See that those who wait are told when the next token comes. */
  await(): void {
    if (this.next) return;
    this.refill();
    const waitUs = Math.max(1, Math.ceil(((1 - this.level - tolerance) * 1e6) / this.spec.perSecond));
    this.next = this.agenda.after(waitUs, 'ready', () => {
      this.next = null;
      this.whenTokenComes();
    });
  }

  private refill(): void {
    const earned = ((this.agenda.nowUs - this.levelUs) * this.spec.perSecond) / 1e6;
    this.level = Math.min(this.spec.burst, this.level + earned);
    this.levelUs = this.agenda.nowUs;
  }
}
