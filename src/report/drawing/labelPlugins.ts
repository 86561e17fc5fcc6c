/**
 * Words beside the data: names at the ends of lines, beside dots, in and behind bars, each moved until it overlaps
 * nothing.
 *
 * Its own file beside `plugins.ts`: placing labels is a matter of its own. Every function is closed (see
 * `contract.ts`).
 */
import type { Panel } from '../charts/contract.js';
import type { ChartLike, Kit, Look, PluginLike, SegmentPlace } from './contract.js';

/** The name of each line behind its last point, pushed apart; left out where there is no room beside the plot. */
export function endLabelPlugin(kit: Kit, panel: Panel, look: Look): PluginLike {
  return {
    id: 'end-labels',
    afterDatasetsDraw: (chart: ChartLike) => {
      if (look.isNarrow) return;
      const { ctx, chartArea } = chart;
      const ends = panel.series.flatMap((series, index) => {
        if (!series.isLabelled || series.form !== 'line' || !chart.isDatasetVisible(index)) return [];
        const points = chart.getDatasetMeta(index).data.filter((point) => !point.skip && Number.isFinite(point.y));
        const last = points[points.length - 1];
        return last === undefined ? [] : [{ series, x: last.x, y: last.y, at: last.y }];
      });
      ends.sort((a, b) => a.y - b.y);
      const step = look.fontPx + 3;
      const lowest = chartArea.bottom - step / 2;
      ends.forEach((end, index) => {
        const above = ends[index - 1];
        end.at = Math.max(end.y, chartArea.top, above === undefined ? Number.NEGATIVE_INFINITY : above.at + step);
      });
      for (let index = ends.length - 1; index >= 0; index--) {
        const end = ends[index];
        const below = ends[index + 1];
        if (end !== undefined) end.at = Math.min(end.at, below === undefined ? lowest : below.at - step);
      }
      ctx.save();
      ctx.font = `${look.fontPx}px ${look.fontFamily}`;
      ctx.textAlign = 'left';
      ctx.textBaseline = 'middle';
      for (const { series, x, y, at } of ends) {
        ctx.strokeStyle = look.muted;
        ctx.lineWidth = 0.75;
        ctx.beginPath();
        ctx.moveTo(x + 5, y);
        ctx.lineTo(chartArea.right + 12, at);
        ctx.stroke();
        ctx.fillStyle = kit.roleColour(series.role, look);
        ctx.beginPath();
        ctx.arc(chartArea.right + 17, at, 3.5, 0, 2 * Math.PI);
        ctx.fill();
        ctx.fillStyle = look.ink;
        // What `panelOptions` leaves beside the plot.
        let label = series.label;
        while (label.length > 2 && ctx.measureText(label).width > 11.5 * look.fontPx - 24)
          label = `${label.replace(/…$/, '').slice(0, -1)}…`;
        ctx.fillText(label, chartArea.right + 24, at);
      }
      ctx.restore();
    },
  };
}

/**
 * The name of each dot to its right, left, above or below: of the places that are free and inside the one that covers
 * least of the lines and marks, the first of several.
 */
export function dotLabelPlugin(kit: Kit, panel: Panel, look: Look): PluginLike {
  return {
    id: 'dot-labels',
    afterDatasetsDraw: (chart: ChartLike) => {
      const { ctx, chartArea } = chart;
      const dots = panel.series.flatMap((series, index) => {
        const dot = chart.getDatasetMeta(index).data[0];
        const isDot = series.isLabelled && series.form === 'points' && chart.isDatasetVisible(index);
        return isDot && dot !== undefined ? [{ series, x: dot.x, y: dot.y }] : [];
      });
      const high = look.fontPx + 2;
      // Lines as points a few pixels apart: enough to know whether a word would lie on one.
      const drawn: (readonly [number, number])[] = [];
      panel.series.forEach((series, index) => {
        if (series.form !== 'line' || !chart.isDatasetVisible(index)) return;
        const points = chart.getDatasetMeta(index).data.filter((point) => !point.skip && Number.isFinite(point.y));
        points.forEach((to, place) => {
          const from = points[place - 1] ?? to;
          const steps = Math.min(200, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 3));
          for (let step = 0; step <= steps; step++) {
            const share = steps === 0 ? 0 : step / steps;
            drawn.push([from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)]);
          }
        });
      });
      for (const { axis, at } of panel.marks) {
        const x = axis === 'x' ? chart.scales['x']?.getPixelForValue(at) : undefined;
        if (x !== undefined) for (let y = chartArea.top; y <= chartArea.bottom; y += 3) drawn.push([x, y]);
      }
      const taken = dots.map(({ x, y }) => ({ left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 }));
      ctx.save();
      ctx.font = `${look.fontPx}px ${look.fontFamily}`;
      ctx.textAlign = 'left';
      ctx.textBaseline = 'top';
      dots.forEach(({ series, x, y }, own) => {
        const wide = ctx.measureText(series.label).width;
        const places = [
          [x + 11, y - high / 2],
          [x - 11 - wide, y - high / 2],
          [x - wide / 2, y - 11 - high],
          [x - wide / 2, y + 11],
          [x + 11, y - 10 - high],
          [x + 11, y + 9],
          [x - 11 - wide, y - 10 - high],
          [x - 11 - wide, y + 9],
        ] as const;
        const boxOf = ([left, top]: readonly [number, number]): (typeof taken)[number] => {
          return { left, right: left + wide, top, bottom: top + high };
        };
        const isFree = (place: readonly [number, number]): boolean => {
          const box = boxOf(place);
          if (box.left < chartArea.left || box.right > chartArea.right + 10) return false;
          if (box.top < chartArea.top || box.bottom > chartArea.bottom) return false;
          return !taken.some(
            (other, index) =>
              index !== own &&
              box.left < other.right &&
              other.left < box.right &&
              box.top < other.bottom &&
              other.top < box.bottom,
          );
        };
        const covered = (place: readonly [number, number]): number => {
          const box = boxOf(place);
          const isIn = ([left, top]: readonly [number, number]): boolean =>
            left > box.left - 3 && left < box.right + 3 && top > box.top && top < box.bottom;
          return drawn.filter(isIn).length;
        };
        const best = places.filter(isFree).map((place) => ({ place, cost: covered(place) }));
        const place = best.reduce((a, b) => (b.cost < a.cost ? b : a), best[0] ?? { place: places[0], cost: 0 }).place;
        taken.push(boxOf(place));
        ctx.strokeStyle = look.ground;
        ctx.lineWidth = 3;
        ctx.strokeText(series.label, place[0], place[1] + 1);
        ctx.fillStyle = kit.mixed(look.ink, look.ink, 0);
        ctx.fillText(series.label, place[0], place[1] + 1);
      });
      ctx.restore();
    },
  };
}

/** Hatches and dots on what paid for idling and waiting, names where they fit, the total, the free tier behind it. */
export function barPlugin(kit: Kit, panel: Panel, look: Look): PluginLike {
  return {
    id: 'bars',
    afterDatasetsDraw: (chart: ChartLike) => {
      const { ctx, scales } = chart;
      ctx.font = `${look.fontPx - 1}px ${look.fontFamily}`;
      ctx.textAlign = 'left';
      ctx.textBaseline = 'middle';
      panel.bars.forEach((bar, barIndex) => {
        bar.segments.forEach((segment, place) => {
          const element = chart.getDatasetMeta(place).data[barIndex];
          if (element !== undefined) kit.drawSegment(kit, { ctx, element, segment, platform: bar.platform }, look);
        });
        const first = chart.getDatasetMeta(0).data[barIndex];
        if (first === undefined) return;
        const signed = (isNegative: boolean): number =>
          bar.segments.reduce((sum, { value }) => (value < 0 === isNegative ? sum + value : sum), 0);
        const [below, total] = [signed(true), signed(false)];
        if (below < 0) {
          ctx.fillStyle = look.ink;
          ctx.textAlign = 'right';
          ctx.fillText(kit.figure(below, panel.x.unit), (scales['x']?.getPixelForValue(below) ?? 0) - 6, first.y);
          ctx.textAlign = 'left';
          if (total === 0) return;
        }
        const end = scales['x']?.getPixelForValue(total) ?? 0;
        const ghostEnd = scales['x']?.getPixelForValue(total + Math.max(0, bar.ghost)) ?? 0;
        ctx.save();
        ctx.strokeStyle = look.muted;
        ctx.lineWidth = 1;
        ctx.setLineDash([3, 3]);
        if (ghostEnd - end > 3) ctx.strokeRect(end, first.y - first.height / 2 + 0.5, ghostEnd - end, first.height - 1);
        ctx.restore();
        ctx.fillStyle = look.ink;
        ctx.fillText(kit.figure(total, panel.x.unit), ghostEnd + 6, first.y);
      });
    },
  };
}

/** The pattern and the name of one segment of a bar; the bar itself is chart.js' own. */
export function drawSegment(kit: Kit, { ctx, element, segment, platform }: SegmentPlace, look: Look): void {
  const base = look.strokes[platform % look.strokes.length] ?? look.ink;
  const left = Math.min(element.base, element.x);
  const [width, height] = [Math.abs(element.x - element.base), element.height];
  const top = element.y - height / 2;
  ctx.save();
  ctx.strokeStyle = segment.isBeside ? look.muted : base;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.rect(left, top, width - 1, height);
  ctx.clip();
  ctx.beginPath();
  if (segment.pattern === 'idle')
    for (let x = left - height; x < left + width; x += 7) {
      ctx.moveTo(x, top + height);
      ctx.lineTo(x + height, top);
    }
  if (segment.pattern === 'waiting')
    for (let x = left + 3; x < left + width; x += 6)
      for (let y = top + 3; y < top + height; y += 6) {
        ctx.moveTo(x + 1, y);
        ctx.arc(x, y, 1, 0, 2 * Math.PI);
      }
  ctx.stroke();
  ctx.restore();
  const textWidth = ctx.measureText(segment.label).width;
  if (textWidth + 10 > width) return;
  if (segment.pattern === 'idle' || segment.pattern === 'waiting') {
    ctx.fillStyle = look.ground;
    ctx.fillRect(left + 3, element.y - look.fontPx * 0.7, textWidth + 5, look.fontPx * 1.4);
  }
  const isOnGround = segment.pattern !== 'plain' || segment.isBeside;
  ctx.fillStyle = isOnGround ? look.ink : kit.readable(base);
  ctx.fillText(segment.label, left + 5, element.y);
}
