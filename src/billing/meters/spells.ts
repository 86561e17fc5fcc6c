/**
 * Spells of instances or nodes: from when to when each was alive, active or idle. Its own file because five meters
 * follow spells and differ only in when one begins and ends, and in what it is billed as. A spell that goes on within
 * `gapUs` of its end is the same spell. Memory is that of what exists now.
 */

/** A spell that is over, or (at the run's end) one that is still going on. */
export type SpellEnds = (fromUs: number, toUs: number, isOver: boolean) => void;

interface Spell {
  fromUs: number;
  /** Infinity while it goes on. */
  toUs: number;
}

export class Spells {
  private readonly spells = new Map<number, Spell>();
  private readonly gapUs: number;
  private readonly ends: SpellEnds;

  constructor(gapUs: number, ends: SpellEnds) {
    this.gapUs = gapUs;
    this.ends = ends;
  }

  /** `key` is in a spell, or isn't, from now on; saying it twice changes nothing. */
  set(key: number, isOn: boolean, nowUs: number): void {
    const spell = this.spells.get(key);
    const wasOn = spell !== undefined && spell.toUs === Number.POSITIVE_INFINITY;
    if (isOn === wasOn) return;
    if (!isOn) spell!.toUs = nowUs;
    else if (spell && nowUs <= spell.toUs + this.gapUs) spell.toUs = Number.POSITIVE_INFINITY;
    else {
      if (spell) this.ends(spell.fromUs, spell.toUs, true);
      this.spells.set(key, { fromUs: nowUs, toUs: Number.POSITIVE_INFINITY });
    }
  }

  /** `key` is gone: nothing of it goes on. */
  end(key: number, nowUs: number): void {
    this.set(key, false, nowUs);
    const spell = this.spells.get(key);
    if (!spell) return;
    this.spells.delete(key);
    this.ends(spell.fromUs, spell.toUs, true);
  }

  /** The run ends: what goes on is told as it stands. */
  finish(endUs: number): void {
    this.eachAt(endUs, this.ends);
    this.spells.clear();
  }

  /** Every spell that has not been told of yet, as it would be told if the run ended now. */
  eachAt(nowUs: number, tell: SpellEnds): void {
    for (const { fromUs, toUs } of this.spells.values()) {
      const isOver = toUs !== Number.POSITIVE_INFINITY;
      tell(fromUs, isOver ? toUs : nowUs, isOver);
    }
  }
}
