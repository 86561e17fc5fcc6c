/**
 * Which replicas of a service have a free slot: for whoever hands work only to an instance that can take it at once,
 * Knative's activator and consumers of queues.
 *
 *   rows[0 .. count)   instances with a free slot, in no order      places[row]   where it stands in rows, or -1
 *
 * Its own file as a set with O(1) insertion, removal and draw: asked at each arrival of a service with ten thousand
 * instances it must not look through them.
 */
export class FreeSlots {
  count = 0;
  private rows = new Int32Array(16);
  private places = new Int32Array(16).fill(-1);

  /** Instance `row` has a free slot now, or none. Said again it changes nothing. */
  set(row: number, hasSlot: boolean): void {
    if (row >= this.places.length) this.growPlaces(row);
    const place = this.places[row]!;
    if (hasSlot === place >= 0) return;
    if (hasSlot) {
      if (this.count === this.rows.length) this.growRows();
      this.rows[this.count] = row;
      this.places[row] = this.count++;
      return;
    }
    const last = this.rows[--this.count]!;
    this.rows[place] = last;
    this.places[last] = place;
    this.places[row] = -1;
  }

  /** One of them, by a draw in [0, 1); -1 when there is none. */
  pick(draw: number): number {
    return this.count === 0 ? -1 : this.rows[Math.floor(draw * this.count)]!;
  }

  private growRows(): void {
    const grown = new Int32Array(this.rows.length * 2);
    grown.set(this.rows);
    this.rows = grown;
  }

  private growPlaces(row: number): void {
    const grown = new Int32Array(Math.max(row + 1, this.places.length * 2)).fill(-1);
    grown.set(this.places);
    this.places = grown;
  }
}
