/**
 * CPUs shared by jobs, computed naively: whenever anything changes, every job is advanced by what it got since the last
 * change.
 *
 * With n jobs on V vCPUs each gets min(1, V/n) vCPU. Work left is a real number; a job ends at the next whole
 * microsecond. An appointment that a newcomer made too early is kept, and looks again when it comes: which of two CPUs
 * goes first at one instant is decided by when their appointments were made, and that is a part of the rules.
 */
import type { Agenda, Appointment } from './agenda.js';

/** What an instance computes on. */
export interface Cpu {
  /** Begins work; what is returned breaks it off. */
  start(workUs: number, whenDone: () => void): () => void;
  /** From now on everything takes `slowness` times as long. */
  setSlowness(slowness: number): void;
}

export interface Job {
  leftUs: number;
  readonly whenDone: () => void;
}

/** Time left that rounding errors make of none; far below the microsecond to which ends are rounded up. */
const noTimeUs = 1e-4;

export class SharedCpu implements Cpu {
  private readonly agenda: Agenda;
  private readonly vCpu: number;
  private slowness: number;
  /** In the order in which they began. */
  private readonly jobs: Job[] = [];
  private settledUs = 0;
  private nextEnd: Appointment | null = null;

  constructor(agenda: Agenda, vCpu: number, slowness = 1) {
    this.agenda = agenda;
    this.vCpu = vCpu;
    this.slowness = slowness;
  }

  start(workUs: number, whenDone: () => void): () => void {
    const job = this.begin(workUs, whenDone);
    return () => this.breakOff(job);
  }

  private begin(workUs: number, whenDone: () => void): Job {
    this.advance();
    const job = { leftUs: workUs, whenDone };
    this.jobs.push(job);
    this.awaitNextEnd();
    return job;
  }

  private breakOff(job: Job): void {
    this.advance();
    this.jobs.splice(this.jobs.indexOf(job), 1);
    this.awaitNextEnd();
  }

  setSlowness(slowness: number): void {
    this.advance();
    this.slowness = slowness;
    this.nextEnd = this.agenda.callOff(this.nextEnd);
    this.awaitNextEnd();
  }

  private speed(): number {
    return Math.min(1, this.vCpu / this.jobs.length) / this.slowness;
  }

  private advance(): void {
    const doneUs = (this.agenda.nowUs - this.settledUs) * this.speed();
    this.settledUs = this.agenda.nowUs;
    for (const job of this.jobs) job.leftUs -= doneUs;
  }

  /** The job with the least work left; of equals the one that began first. */
  private first(): Job | null {
    let first: Job | null = null;
    for (const job of this.jobs) if (!first || job.leftUs < first.leftUs) first = job;
    return first;
  }

  private awaitNextEnd(): void {
    const first = this.first();
    const leftUs = first ? Math.max(0, Math.ceil(first.leftUs / this.speed() - noTimeUs)) : 0;
    if (first && this.nextEnd && this.nextEnd.dueUs <= this.agenda.nowUs + leftUs) return;
    this.nextEnd = this.agenda.callOff(this.nextEnd);
    if (first) this.nextEnd = this.agenda.after(leftUs, 'completion', () => this.end());
  }

  private end(): void {
    this.nextEnd = null;
    this.advance();
    for (let job = this.first(); job && job.leftUs / this.speed() <= noTimeUs; job = this.first()) {
      this.jobs.splice(this.jobs.indexOf(job), 1);
      job.whenDone();
    }
    this.awaitNextEnd();
  }
}
