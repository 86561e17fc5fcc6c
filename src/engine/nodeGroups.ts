/**
 * Nodes by what is requested on them: a scheduler likes all nodes of a pool and zone equally that hold the same
 * amounts, so a placement looks at each group once instead of at every node. Its own file because whoever chooses a
 * node needs only the groups, and in each its oldest node that is ready.
 *
 * A thousand nodes with a few kinds of instances make some dozens of groups; in the worst case each node is its own.
 * Checked against a look at every node by test/engine/nodeGroups.test.ts.
 */
import type { NodeState } from './nodeFleet.js';

export interface NodeGroup {
  readonly pool: number;
  readonly zone: number;
  readonly cpuRequested: number;
  readonly memoryRequestedMb: number;
  /** The oldest first; those that are gone leave when they are met. */
  readonly nodes: NodeState[];
  /** Where it stands among the groups. */
  place: number;
}

export class NodeGroups {
  /** In no order that means anything. */
  readonly all: NodeGroup[] = [];
  private readonly byAmounts = new Map<string, NodeGroup>();
  /** By node. */
  private readonly groupOf: (NodeGroup | undefined)[] = [];

  /** The node is new, or what is requested on it has changed. */
  settle(node: NodeState): void {
    const before = this.groupOf[node.index];
    if (before) this.leave(node, before);
    const group = this.groupFor(node);
    group.nodes.splice(placeOf(node, group.nodes), 0, node);
    this.groupOf[node.index] = group;
  }

  /** The oldest node of the group that is ready, or null. */
  firstReady(group: NodeGroup): NodeState | null {
    const { nodes } = group;
    for (let at = 0; at < nodes.length; ) {
      const node = nodes[at]!;
      if (node.state === 'ready') return node;
      if (node.state === 'gone') nodes.splice(at, 1);
      else at++;
    }
    return null;
  }

  private leave(node: NodeState, group: NodeGroup): void {
    const at = placeOf(node, group.nodes);
    if (group.nodes[at] === node) group.nodes.splice(at, 1);
    const key = keyOf(group);
    if (group.nodes.length > 0 || this.byAmounts.get(key) !== group) return;
    this.byAmounts.delete(key);
    const last = this.all.pop()!;
    if (last === group) return;
    this.all[group.place] = last;
    last.place = group.place;
  }

  private groupFor(node: NodeState): NodeGroup {
    const key = keyOf(node);
    const known = this.byAmounts.get(key);
    if (known) return known;
    const { pool, zone, cpuRequested, memoryRequestedMb } = node;
    const group = { pool, zone, cpuRequested, memoryRequestedMb, nodes: [], place: this.all.length };
    this.all.push(group);
    this.byAmounts.set(key, group);
    return group;
  }
}

type Amounts = Pick<NodeState, 'pool' | 'zone' | 'cpuRequested' | 'memoryRequestedMb'>;

function keyOf({ pool, zone, cpuRequested, memoryRequestedMb }: Amounts): string {
  return `${pool} ${zone} ${cpuRequested} ${memoryRequestedMb}`;
}

/** Where the node stands, or would, among nodes in order of age. */
function placeOf({ index }: NodeState, nodes: readonly NodeState[]): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle]!.index < index) low = middle + 1;
    else high = middle;
  }
  return low;
}
