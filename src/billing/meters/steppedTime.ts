/**
 * Time billed in steps with a floor, clipped to the measured time. Its own file because lives, active spells and
 * nodes are clipped alike: a spell that is over is billed as the provider rounds it, less what was billed before
 * measuring began, and its floor counts when it ended inside; a spell that goes on is counted as long as it has been
 * measured.
 */
import type { RunFrame } from '../../observation/contract.js';
import type { Steps } from '../contract.js';
import { billedUs, minimumAddedUs } from '../pieces.js';
import { WholeSum } from '../wholeSum.js';
import type { Spells } from './spells.js';

export class SteppedTime {
  private readonly sum = new WholeSum();
  private readonly minimum = new WholeSum();
  private readonly run: RunFrame;
  private readonly steps: Steps | null;

  /** @param steps null: a microsecond is billed as a microsecond */
  constructor(run: RunFrame, steps: Steps | null) {
    this.run = run;
    this.steps = steps;
  }

  add(fromUs: number, toUs: number, isOver: boolean): void {
    this.sum.add(this.lengthUs(fromUs, toUs, isOver));
    if (isOver && this.steps && toUs >= this.run.fromUs) this.minimum.add(minimumAddedUs(toUs - fromUs, this.steps));
  }

  /** What has been added, and these spells as they stand now. */
  valueWith(spells: Spells, nowUs: number): bigint {
    let openUs = 0;
    spells.eachAt(nowUs, (fromUs, toUs, isOver) => {
      openUs += this.lengthUs(fromUs, toUs, isOver);
    });
    return this.sum.value() + BigInt(openUs);
  }

  private lengthUs(fromUs: number, toUs: number, isOver: boolean): number {
    if (toUs < this.run.fromUs) return 0;
    const endUs = isOver && this.steps ? fromUs + billedUs(toUs - fromUs, this.steps) : toUs;
    return Math.max(0, endUs - Math.max(fromUs, this.run.fromUs));
  }

  value(): bigint {
    return this.sum.value();
  }

  minimumUs(): bigint {
    return this.minimum.value();
  }
}
