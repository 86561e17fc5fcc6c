/**
 * The time line under the stage: load, instances, the slowest and the bill over the whole run, with a scrubber, and the
 * last run as a ghost where a knob was turned. Its own file because it keeps what the frames only tell once.
 */
import { type LiveFrame, type LiveStage, sampleFields, sampleLength } from '../experiment/live.js';
import { clockLabel } from '../report/charts/ticks.js';
import type { Colours } from '../report/drawing/colours.js';
import { figure } from '../report/figures.js';
import { byId } from './elements.js';
import { fitted } from './words.js';

/** By platform: samples one after another, `sampleLength` numbers each. */
type Series = readonly number[][];

const strips = [
  { title: 'instances', field: sampleFields.instances, unit: '1', isLog: false },
  { title: 'p99', field: sampleFields.p99Ms, unit: 'ms', isLog: true },
  { title: 'bill', field: sampleFields.billUsd, unit: 'USD', isLog: false },
] as const;
const stripHeight = 44;
const labelPx = 64;
/** Above the strips: what was planned to go wrong, by name. */
const namesPx = 16;

export class TimeLine {
  private readonly canvas = byId('timeline', 'canvas');
  private readonly scrubber = byId('scrubber', 'input');
  private readonly clock = byId('clock', 'output');
  private stage: LiveStage | null = null;
  private series: Series = [];
  private ghost: Series = [];
  private clockUs = 0;
  private isHeld = false;
  /** What was drawn last is still so: nothing new came, and it is as wide and as dark as before. */
  private drawn: { readonly colours: Colours; readonly width: number } | null = null;

  /** @param onSeek hears to which moment somebody wants to go, microseconds */
  constructor(onSeek: (toUs: number) => void) {
    this.scrubber.addEventListener('input', () => {
      this.isHeld = true;
      this.clock.textContent = this.label(Number(this.scrubber.value) * 1e6);
    });
    this.scrubber.addEventListener('change', () => {
      this.isHeld = false;
      onSeek(Number(this.scrubber.value) * 1e6);
    });
  }

  /** @param keepsGhost whether the run so far stays to be seen behind the new one */
  open(stage: LiveStage, keepsGhost: boolean): void {
    this.ghost = keepsGhost && this.stage?.lengthUs === stage.lengthUs ? this.series : [];
    this.stage = stage;
    this.series = stage.shown.map(() => []);
    this.drawn = null;
    this.clockUs = 0;
    this.scrubber.max = String(Math.floor(stage.lengthUs / 1e6));
    this.scrubber.value = '0';
    this.clock.textContent = this.label(0);
  }

  show({ clockUs, platforms }: LiveFrame): void {
    if (clockUs < this.clockUs) this.series = this.series.map(() => []);
    this.clockUs = clockUs;
    this.drawn = null;
    platforms.forEach(({ samples }, place) => {
      const into = this.series[place];
      for (const value of samples) into?.push(value);
    });
    if (this.isHeld) return;
    this.scrubber.value = String(Math.floor(clockUs / 1e6));
    this.clock.textContent = this.label(clockUs);
  }

  private label(atUs: number): string {
    const starts = this.stage?.starts ?? null;
    const seconds = (atUs / 1e6) % 60;
    const passed = clockLabel(starts, atUs / 1e6);
    const warmth = atUs < (this.stage?.warmupUs ?? 0) ? ', warming up: not billed' : '';
    return `${passed}:${seconds.toFixed(1).padStart(4, '0')}${warmth}`;
  }

  draw(colours: Colours): void {
    const { canvas, stage } = this;
    const pen = canvas.getContext('2d');
    if (!pen || !stage) return;
    const width = canvas.parentElement?.clientWidth ?? 600;
    if (this.drawn?.colours === colours && this.drawn.width === width) return;
    this.drawn = { colours, width };
    const height = namesPx + strips.length * stripHeight + 4;
    const ratio = Math.min(2, devicePixelRatio || 1);
    if (canvas.width !== Math.round(width * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.height = `${height}px`;
    }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.font = '12px system-ui, sans-serif';
    const xOf = (atS: number): number => labelPx + (atS * 1e6 * (width - labelPx)) / stage.lengthUs;
    pen.fillStyle = colours.warmUp;
    pen.fillRect(labelPx, namesPx, xOf(stage.warmupUs / 1e6) - labelPx, height - namesPx);
    strips.forEach((strip, place) => {
      this.drawStrip(pen, { strip, top: namesPx + place * stripHeight, xOf, width }, colours);
    });
    this.drawMarks(pen, { xOf, width, height }, colours);
  }

  private drawStrip(
    pen: CanvasRenderingContext2D,
    at: {
      readonly strip: (typeof strips)[number];
      readonly top: number;
      readonly xOf: (atS: number) => number;
      readonly width: number;
    },
    colours: Colours,
  ): void {
    const { strip, top, xOf, width } = at;
    const { field, unit, title, isLog } = strip;
    const bottom = top + stripHeight - 6;
    const values = [...this.series, ...this.ghost].flatMap((samples) => columnOf(samples, field));
    const highest = Math.max(...values.filter(Number.isFinite), isLog ? 10 : 0);
    const lowest = isLog ? Math.max(1, Math.min(...values.filter((value) => value > 0), highest)) : 0;
    const scaled = (value: number): number =>
      isLog
        ? Math.log(Math.max(value, lowest) / lowest) / Math.log(Math.max(1.01, highest / lowest))
        : value / (highest || 1);
    const yOf = (value: number): number => bottom - scaled(value) * (stripHeight - 14);
    pen.fillStyle = colours.muted;
    pen.textAlign = 'left';
    pen.textBaseline = 'alphabetic';
    pen.fillText(title, 0, top + 14);
    pen.fillText(highest > 0 && Number.isFinite(highest) ? figure(highest, unit) : '', 0, top + 30);
    pen.fillStyle = colours.grid;
    pen.fillRect(labelPx, bottom, width - labelPx, 1);
    if (field === sampleFields.instances) this.drawLoad(pen, { bottom, xOf }, colours);
    const draw = (all: Series, isGhost: boolean): void =>
      all.forEach((samples, place) => {
        const colourIndex = this.stage?.shown[place]?.colourIndex ?? place;
        pen.strokeStyle = colours.strokes[colourIndex % colours.strokes.length] ?? colours.ink;
        pen.globalAlpha = isGhost ? 0.45 : 1;
        pen.lineWidth = isGhost ? 1 : 1.75;
        pen.setLineDash(isGhost ? [2, 3] : [...(colours.dashes[place] ?? [])]);
        strokeLine(pen, samples, field, xOf, yOf);
      });
    draw(this.ghost, true);
    draw(this.series, false);
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  /** Requests a second as a grey area behind the first strip: the same visitors on every platform. */
  private drawLoad(
    pen: CanvasRenderingContext2D,
    at: { readonly bottom: number; readonly xOf: (atS: number) => number },
    colours: Colours,
  ): void {
    const samples = this.series[0] ?? [];
    const highest = Math.max(
      1e-9,
      ...columnOf(samples, sampleFields.perSecond),
      ...columnOf(this.ghost[0] ?? [], sampleFields.perSecond),
    );
    if (samples.length === 0) return;
    pen.fillStyle = colours.load;
    pen.beginPath();
    pen.moveTo(at.xOf(0), at.bottom);
    for (let row = 0; row < samples.length; row += sampleLength) {
      pen.lineTo(
        at.xOf(samples[row]!),
        at.bottom - (samples[row + sampleFields.perSecond]! / highest) * (stripHeight - 14),
      );
    }
    pen.lineTo(at.xOf(samples.at(-sampleLength)!), at.bottom);
    pen.fill();
  }

  /** Faults and releases with their names, where there is room; and the moment that is shown. */
  private drawMarks(
    pen: CanvasRenderingContext2D,
    at: { readonly xOf: (atS: number) => number; readonly width: number; readonly height: number },
    colours: Colours,
  ): void {
    const { xOf, width, height } = at;
    pen.textBaseline = 'alphabetic';
    pen.fillStyle = colours.muted;
    let freeFrom = labelPx;
    const warmUpEnd = xOf((this.stage?.warmupUs ?? 0) / 1e6);
    const incidents = (this.stage?.shown[0]?.incidents ?? []).filter(({ atUs }) => atUs > 0);
    if (warmUpEnd - labelPx > pen.measureText('warm-up').width) {
      pen.fillText('warm-up', labelPx, namesPx - 4);
      freeFrom += pen.measureText('warm-up ').width;
    }
    for (const { atUs, name } of [...incidents].sort((a, b) => a.atUs - b.atUs)) {
      const x = xOf(atUs / 1e6);
      const words = fitted(pen, name, 160);
      const wide = pen.measureText(words).width;
      const from = Math.min(x, width - wide);
      if (from >= freeFrom) {
        pen.fillStyle = colours.muted;
        pen.fillText(words, from, namesPx - 4);
        freeFrom = from + wide + 8;
      }
      pen.fillStyle = colours.error;
      pen.fillRect(x, namesPx, 1, height - namesPx);
    }
    pen.fillStyle = colours.ink;
    pen.fillRect(xOf(this.clockUs / 1e6) - 0.75, namesPx, 1.5, height - namesPx);
  }
}

function columnOf(samples: readonly number[], field: number): number[] {
  const column: number[] = [];
  for (let row = field; row < samples.length; row += sampleLength) column.push(samples[row]!);
  return column;
}

function strokeLine(
  pen: CanvasRenderingContext2D,
  samples: readonly number[],
  field: number,
  xOf: (atS: number) => number,
  yOf: (value: number) => number,
): void {
  pen.beginPath();
  let isDown = false;
  for (let row = 0; row < samples.length; row += sampleLength) {
    const value = samples[row + field]!;
    if (!Number.isFinite(value)) {
      isDown = false;
      continue;
    }
    if (isDown) pen.lineTo(xOf(samples[row]!), yOf(value));
    else pen.moveTo(xOf(samples[row]!), yOf(value));
    isDown = true;
  }
  pen.stroke();
}
