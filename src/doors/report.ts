/**
 * What `import 'windtunnel/report'` finds: a comparison as CSV, text, chart descriptions and one HTML page, as strings.
 * Re-exports only; test/house pins the names.
 */
export type { ChartDescription } from '../report/charts/contract.js';
export { describeCharts } from '../report/charts/registry.js';
export { eventsCsv } from '../report/csv/eventsCsv.js';
export { invoiceCsv } from '../report/csv/invoiceCsv.js';
export { summaryCsv } from '../report/csv/summaryCsv.js';
export { timelineCsv } from '../report/csv/timelineCsv.js';
export { type PageAssets, page } from '../report/page/page.js';
export { comparisonMarkdown } from '../report/terminal/comparisonMarkdown.js';
export { comparisonTable, type TableOptions } from '../report/terminal/comparisonTable.js';
export { invoiceText } from '../report/terminal/invoiceText.js';
export { runTable } from '../report/terminal/runTable.js';
