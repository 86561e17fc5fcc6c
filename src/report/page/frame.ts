/**
 * The frame of every page of ours: policy, style, script and the data of its charts. Its own file because a report and
 * a study are pages of one kind, and what a page may load is decided in one place.
 */
import type { ChartDescription } from '../charts/contract.js';
import { themes } from '../drawing/colours.js';
import { type Html, html, jsonForScript, scriptText, styleText } from './html.js';
import { pageScript } from './script/source.js';
import { pageStyle } from './style.js';

export interface Framed {
  readonly title: string;
  readonly body: Html;
  readonly charts: readonly ChartDescription[];
  /** The text of chart.js (its UMD build); empty: the page stands without drawn charts. */
  readonly chartJs: string;
}

const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The whole HTML document. */
export function framedPage({ title, body, charts, chartJs }: Framed): string {
  const drawn = charts.map(({ name, title: named, caption, panels, table }) => ({
    name,
    title: named,
    caption,
    panels,
    table,
  }));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
${html`<title>${title}</title>`.html}
<style>${styleText(pageStyle()).html}</style></head><body>
${body.html}
<script type="application/json" id="data">${jsonForScript({ charts: drawn, themes }).html}</script>
<script>${scriptText(chartJs).html}</script>
<script>${scriptText(pageScript()).html}</script>
</body></html>
`;
}
