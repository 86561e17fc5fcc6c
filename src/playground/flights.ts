/**
 * Who is under way on one platform: dots that fly where visitors, calls, messages and queries went since the last
 * frame, red ones that come back unanswered; and flows instead where there are too many to be dots.
 *
 * Its own file because a frame tells counts by source and target, and the stage draws arrows between things.
 */
import type { LiveStage, PlatformFrame } from '../experiment/live.js';
import { type Movers, mostDotsPerSecond } from './movers.js';
import { middleOf, type Scene } from './places.js';

/** Dots of one source and target in one frame; more would only lie on each other. */
const mostDotsAtOnce = 60;
const mostFailuresAtOnce = 12;

export class Flights {
  /** Requests a second of the watcher's time on each arrow, smoothed. */
  readonly flows: number[];
  isFlowing = false;
  private readonly movers: Movers;
  private readonly firstWay: number;
  private perSecond = 0;
  private turn = 0;

  /** @param firstWay place of its first arrow's way among all that movers follow */
  constructor(stage: LiveStage, movers: Movers, firstWay: number) {
    this.flows = stage.edges.map(() => 0);
    this.movers = movers;
    this.firstWay = firstWay;
  }

  /** Nothing flows. */
  rest(): void {
    this.flows.fill(0);
    this.perSecond = 0;
    this.isFlowing = false;
  }

  /** @param at the frame came at `nowMs`, `sinceMs` after the last one */
  follow(scene: Scene, platform: PlatformFrame, at: { readonly nowMs: number; readonly sinceMs: number }): void {
    const { stage } = scene;
    const { nowMs, sinceMs } = at;
    const counts = stage.edges.map(() => 0);
    const starts: (() => void)[] = [];
    const targetCount = stage.services.length + stage.databases.length;
    for (let source = 0; source < stage.sources.length; source++) {
      for (let target = 0; target < targetCount; target++) {
        const count = platform.moves[source * targetCount + target] ?? 0;
        const shown = Math.min(count, mostDotsAtOnce);
        for (let one = 0; one < shown; one++) {
          const edge = arrowInto(stage, source, target, one);
          if (edge < 0) continue;
          counts[edge] = (counts[edge] ?? 0) + count / shown;
          starts.push(() => this.fly(scene, platform, { edge, source, atMs: nowMs + (one / count) * sinceMs }));
        }
      }
    }
    const perSecond = (counts.reduce((sum, count) => sum + count, 0) * 1000) / sinceMs;
    this.perSecond = 0.8 * this.perSecond + 0.2 * perSecond;
    // Not back at once: dots and flows in turn would flicker.
    this.isFlowing = this.perSecond > (this.isFlowing ? 0.8 : 1) * mostDotsPerSecond;
    counts.forEach((count, edge) => {
      this.flows[edge] = 0.8 * (this.flows[edge] ?? 0) + (0.2 * count * 1000) / sinceMs;
    });
    if (!this.isFlowing) for (const start of starts) start();
    this.turnAway(scene, platform, at);
  }

  /** Who was not answered well comes back as a red dot, flows or not: it is what one must not miss. */
  private turnAway(
    scene: Scene,
    platform: PlatformFrame,
    { nowMs, sinceMs }: { readonly nowMs: number; readonly sinceMs: number },
  ): void {
    const { stage } = scene;
    stage.sources.forEach(({ name }, source) => {
      const count = platform.failures[source] ?? 0;
      const way = stage.edges.findIndex(({ from }) => from.kind === 'traffic' && from.name === name);
      const edge = stage.edges[way];
      if (!edge) return;
      for (let one = 0; one < Math.min(count, mostFailuresAtOnce); one++) {
        const from = middleOf(scene, platform, edge.to, this.turn++);
        const to = middleOf(scene, platform, edge.from, 0);
        const flight = from && to && { from, way: this.firstWay + way, isBack: true, to };
        const atMs = nowMs + (one / count) * sinceMs;
        if (flight) this.movers.start(atMs, flight, { colour: source, isBad: true });
      }
    });
  }

  private fly(
    scene: Scene,
    platform: PlatformFrame,
    { edge, source, atMs }: { readonly edge: number; readonly source: number; readonly atMs: number },
  ): void {
    const arrow = scene.stage.edges[edge];
    if (!arrow) return;
    const from = middleOf(scene, platform, arrow.from, this.turn++);
    const to = middleOf(scene, platform, arrow.to, this.turn++);
    const flight = from && to && { from, way: this.firstWay + edge, isBack: false, to };
    if (flight) this.movers.start(atMs, flight, { colour: source, isBad: false });
  }
}

/** An arrow into a target: the source's own where it visits; else each of those that lead there in turn. */
function arrowInto(
  { edges, sources, services, databases }: LiveStage,
  source: number,
  target: number,
  one: number,
): number {
  const isService = target < services.length;
  const name = (isService ? services[target] : databases[target - services.length])?.name;
  const into = edges.flatMap(({ from, to }, place) => {
    const fits = to.name === name && (to.kind === 'service') === isService;
    return fits && (from.kind === 'service' || from.name === sources[source]?.name) ? [place] : [];
  });
  const own = into.find((place) => edges[place]?.from.kind === 'traffic');
  return own ?? into[one % Math.max(1, into.length)] ?? -1;
}
