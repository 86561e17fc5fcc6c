/**
 * The agenda of the reference engine: what will happen when. A plain list, kept in order.
 *
 * At one instant appointments are kept by rank, within a rank in the order in which they were made. Keeping one may let
 * others go on at the same instant (their *turns*, first come first served); what may end instances waits until nobody
 * has a turn any more (`onceQuiet`). Checked by `agreement.test.ts`.
 */

/** Who goes first at the same instant. */
export const ranks = ['completion', 'ready', 'timeout', 'arrival', 'decision'] as const;
export type Rank = (typeof ranks)[number];

/** Something that will be done, unless it is called off. */
export interface Appointment {
  readonly dueUs: number;
  readonly rank: number;
  readonly act: () => void;
  isOff: boolean;
}

export class Agenda {
  nowUs = 0;
  private readonly list: Appointment[] = [];
  private readonly turns: Appointment[] = [];
  private readonly afterwards: (() => void)[] = [];

  /** `act` in `waitUs` microseconds, whole and >= 0. */
  after(waitUs: number, rank: Rank, act: () => void): Appointment {
    const made: Appointment = { dueUs: this.nowUs + waitUs, rank: ranks.indexOf(rank), act, isOff: false };
    let position = this.list.length;
    while (position > 0 && isBefore(made, this.list[position - 1]!)) position--;
    this.list.splice(position, 0, made);
    return made;
  }

  /** `act` at this very instant, after everybody who has a turn already. */
  turn(act: () => void): Appointment {
    const made: Appointment = { dueUs: this.nowUs, rank: 0, act, isOff: false };
    this.turns.push(made);
    return made;
  }

  /** `act` at this very instant, when nobody has a turn any more. */
  onceQuiet(act: () => void): void {
    this.afterwards.push(act);
  }

  callOff(appointment: Appointment | null): null {
    if (appointment) appointment.isOff = true;
    return null;
  }

  /** Keep every appointment due before `endUs`. */
  runUntil(endUs: number): void {
    for (let next = this.list[0]; next && next.dueUs < endUs; next = this.list[0]) {
      this.list.shift();
      if (next.isOff) continue;
      this.nowUs = next.dueUs;
      next.act();
      this.finishInstant();
    }
  }

  private finishInstant(): void {
    for (;;) {
      const turn = this.turns.shift();
      if (turn) {
        if (!turn.isOff) turn.act();
        continue;
      }
      const act = this.afterwards.shift();
      if (!act) return;
      act();
    }
  }
}

function isBefore(one: Appointment, other: Appointment): boolean {
  return one.dueUs < other.dueUs || (one.dueUs === other.dueUs && one.rank < other.rank);
}
