/**
 * What chart.js does not draw by itself: shaded regions, marks, the red strip, and the crosses of intervals.
 *
 * Its own file beside `panelConfig.ts`, which hands these plug-ins to chart.js. Every function is closed (see
 * `contract.ts`).
 */
import type { Panel } from '../charts/contract.js';
import type { ChartLike, Kit, Look, PluginLike } from './contract.js';

/** Shaded regions, behind everything. Where two wanted regions meet, only what both allow is shaded. */
export function backgroundPlugin(panel: Panel, look: Look): PluginLike {
  return {
    id: 'background',
    beforeDatasetsDraw: ({ ctx, chartArea, scales }) => {
      const draw = (role: string, colour: string, label: string): void => {
        const box = { left: chartArea.left, right: chartArea.right, top: chartArea.top, bottom: chartArea.bottom };
        const regions = panel.regions.filter((region) => region.role === role);
        if (regions.length === 0) return;
        for (const { axis, from, to } of regions) {
          const scale = scales[axis];
          if (scale === undefined) continue;
          const [low = 0, high = 0] = [scale.getPixelForValue(from), scale.getPixelForValue(to)].sort((a, b) => a - b);
          if (axis === 'x') {
            box.left = Math.max(box.left, low);
            box.right = Math.min(box.right, high);
          } else {
            box.top = Math.max(box.top, low);
            box.bottom = Math.min(box.bottom, high);
          }
        }
        if (box.right <= box.left || box.bottom <= box.top) return;
        ctx.save();
        ctx.fillStyle = colour;
        ctx.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
        ctx.fillStyle = look.muted;
        ctx.font = `${look.fontPx - 1}px ${look.fontFamily}`;
        ctx.textAlign = role === 'warm-up' ? 'right' : 'left';
        ctx.textBaseline = 'top';
        const width = box.right - box.left;
        // What happens in a warm-up happens at its beginning.
        const at = role === 'warm-up' ? box.right - 5 : box.left + 5;
        const top = box.top + 5;
        if (!look.isNarrow && ctx.measureText(label).width + 8 < width) ctx.fillText(label, at, top);
        ctx.restore();
      };
      draw('warm-up', look.warmUp, 'warm-up');
      draw('wanted', look.wanted, 'what the objectives allow');
    },
  };
}

/**
 * Events as ticks that rise from the axis, limits and today's traffic as lines across, each with its word: above the
 * plot, where no data is, for what stands upright.
 */
export function markPlugin(panel: Panel, look: Look): PluginLike {
  return {
    id: 'marks',
    afterDatasetsDraw: ({ ctx, chartArea, scales }) => {
      let freeFrom = Number.NEGATIVE_INFINITY;
      for (const { axis, at, label, role } of panel.marks) {
        const pixel = scales[axis]?.getPixelForValue(at);
        if (pixel === undefined || !Number.isFinite(pixel)) continue;
        if (axis === 'x' && (pixel < chartArea.left - 1 || pixel > chartArea.right + 1)) continue;
        if (axis !== 'x' && (pixel < chartArea.top - 1 || pixel > chartArea.bottom + 1)) continue;
        ctx.save();
        ctx.strokeStyle = role === 'limit' ? look.error : look.muted;
        ctx.fillStyle = role === 'limit' ? look.error : look.muted;
        ctx.lineWidth = 1;
        ctx.setLineDash(role === 'event' ? [2, 3] : [6, 4]);
        ctx.beginPath();
        ctx.moveTo(axis === 'x' ? pixel : chartArea.left, axis === 'x' ? chartArea.top : pixel);
        ctx.lineTo(axis === 'x' ? pixel : chartArea.right, axis === 'x' ? chartArea.bottom : pixel);
        ctx.stroke();
        ctx.font = `${look.fontPx - 1}px ${look.fontFamily}`;
        ctx.textBaseline = 'bottom';
        const width = ctx.measureText(label).width;
        if (axis === 'x') {
          const isLeft = pixel + width + 8 > chartArea.right;
          const from = isLeft ? pixel - width - 4 : pixel + 4;
          ctx.textAlign = 'left';
          if (label !== '' && from > freeFrom && from >= 0) {
            ctx.fillText(label, from, chartArea.top - 2);
            freeFrom = from + width + 6;
          }
          ctx.setLineDash([]);
          ctx.beginPath();
          ctx.moveTo(pixel - 4, chartArea.bottom);
          ctx.lineTo(pixel + 4, chartArea.bottom);
          ctx.lineTo(pixel, chartArea.bottom - 7);
          ctx.closePath();
          ctx.fill();
        } else {
          ctx.textAlign = 'left';
          ctx.fillText(label, chartArea.left + 6, pixel - 3);
        }
        ctx.restore();
      }
    },
  };
}

/**
 * Series on axes that are laid over another one: areas fill its pane from the ground, strips stand at its foot, the
 * higher and the redder the more was lost.
 */
export function overlayPlugin(kit: Kit, panel: Panel, look: Look): PluginLike {
  return {
    id: 'overlay',
    beforeDatasetsDraw: ({ ctx, chartArea, scales }) => {
      const xScale = scales['x'];
      for (const series of panel.series) {
        const place = panel.ys.findIndex(({ id }) => id === series.axis);
        const axis = panel.ys[place];
        const host = panel.ys.slice(0, place + 1).findLast(({ weight }) => weight > 0);
        const pane = host && scales[host.id];
        if (axis === undefined || axis.weight > 0 || xScale === undefined || !pane) continue;
        const isStrip = series.form === 'strip';
        ctx.save();
        ctx.beginPath();
        ctx.rect(chartArea.left, pane.top, chartArea.right - chartArea.left, pane.bottom - pane.top);
        ctx.clip();
        ctx.fillStyle = kit.roleColour(series.role, look);
        series.points.forEach(([x, value], index) => {
          if (value === null || value <= 0) return;
          const next = series.points[index + 1];
          // Whole pixels, for half-covered ones would show as seams.
          const from = Math.round(xScale.getPixelForValue(x));
          const to = next === undefined ? chartArea.right : Math.round(xScale.getPixelForValue(next[0]));
          const share = Math.min(1, value / axis.max);
          const height = isStrip ? 4 + 16 * Math.sqrt(share) : share * (pane.bottom - pane.top);
          if (isStrip) ctx.globalAlpha = 0.5 + 0.5 * Math.min(1, share * 10);
          ctx.fillRect(from, pane.bottom - height, Math.max(isStrip ? 1 : 0, to - from), height);
        });
        ctx.restore();
      }
    },
  };
}

/** Intervals: a cross through a dot, a bar through a point of a line; none where the interval is a point. */
export function intervalPlugin(kit: Kit, panel: Panel, look: Look): PluginLike {
  return {
    id: 'intervals',
    afterDatasetsDraw: (chart: ChartLike) => {
      const { ctx, scales, chartArea: area } = chart;
      panel.series.forEach((series, datasetIndex) => {
        const xScale = scales['x'];
        const yScale = scales[series.axis];
        if (series.intervals === null || xScale === undefined || yScale === undefined) return;
        if (!chart.isDatasetVisible(datasetIndex)) return;
        ctx.save();
        ctx.beginPath();
        ctx.rect(area.left, area.top, area.right - area.left, area.bottom - area.top);
        ctx.clip();
        ctx.strokeStyle = kit.roleColour(series.role, look);
        ctx.globalAlpha = series.form === 'points' ? 1 : 0.5;
        ctx.lineWidth = series.form === 'points' ? 1.5 : 1;
        series.intervals.forEach(([xLow, xHigh, yLow, yHigh], index) => {
          const point = series.points[index];
          if (point === undefined || point[1] === null) return;
          const x = xScale.getPixelForValue(point[0]);
          const y = yScale.getPixelForValue(point[1]);
          ctx.beginPath();
          if (xLow < xHigh) {
            ctx.moveTo(xScale.getPixelForValue(xLow), y);
            ctx.lineTo(xScale.getPixelForValue(xHigh), y);
          }
          if (yLow < yHigh && yLow > 0) {
            ctx.moveTo(x, yScale.getPixelForValue(yLow));
            ctx.lineTo(x, yScale.getPixelForValue(yHigh));
          }
          ctx.stroke();
        });
        ctx.restore();
      });
    },
  };
}
