/**
 * A set of instances that can be drawn from: `at(i)` for any i below `count`, in O(1), and so are adding and removing.
 *
 * Its own file because several balancers draw by position. An array of members and, beside it, each member's position;
 * a removed member's place is taken by the last one, so positions mean nothing and must only be drawn. Both arrays are
 * typed and double when full. Checked through the balancers' contract suite, and by its own test.
 */

/**
 * A copy of `array`, filled up with `fill`, long enough to hold position `index`; `array` itself when it already is.
 */
export function grownToHold(array: Int32Array<ArrayBuffer>, index: number, fill: number): Int32Array<ArrayBuffer> {
  if (index < array.length) return array;
  let length = array.length;
  while (length <= index) length *= 2;
  const grown = new Int32Array(length).fill(fill, array.length);
  grown.set(array);
  return grown;
}

const absent = -1;

export class InstanceList {
  count = 0;
  private members = new Int32Array(16);
  private positionOf = new Int32Array(16).fill(absent);

  /** Whether `instance`, a whole number >= 0, is a member. */
  has(instance: number): boolean {
    return instance < this.positionOf.length && this.positionOf[instance] !== absent;
  }

  /** Makes `instance` a member; false when it was one. */
  add(instance: number): boolean {
    if (this.has(instance)) return false;
    this.positionOf = grownToHold(this.positionOf, instance, absent);
    this.members = grownToHold(this.members, this.count, 0);
    this.positionOf[instance] = this.count;
    this.members[this.count++] = instance;
    return true;
  }

  /** Takes `instance` out; false when it was no member. */
  remove(instance: number): boolean {
    if (!this.has(instance)) return false;
    const position = this.positionOf[instance]!;
    const last = this.members[--this.count]!;
    this.members[position] = last;
    this.positionOf[last] = position;
    this.positionOf[instance] = absent;
    return true;
  }

  /** The member at `position`, a whole number in [0, count). */
  at(position: number): number {
    return this.members[position]!;
  }

  /** The member that `draw` in [0, 1) falls on, or -1 when there is none. Each is equally likely. */
  drawn(draw: number): number {
    return this.count === 0 ? -1 : this.members[Math.floor(draw * this.count)]!;
  }
}
