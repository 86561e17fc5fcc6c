/** Every format of traces: what is read, and what is said about what is wrong with it, to the line and column. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printIssue } from '../../../src/units/issue.js';
import { formatOf, parseTrace, type TraceOptions } from '../../../src/workload/traces/parseTrace.js';
import type { CountedRows, StampedRows, Trace } from '../../../src/workload/traces/trace.js';

function read(text: string, options?: TraceOptions): Trace {
  const checked = parseTrace(text, 't.csv', options);
  if (!checked.ok) throw new Error(checked.issues.map(printIssue).join('\n'));
  return checked.value;
}
const stampsOf = (text: string, options?: TraceOptions): StampedRows => read(text, options).rows as StampedRows;
const timesOf = (text: string, options?: TraceOptions): number[] => [...stampsOf(text, options).atUs];
const countsOf = (text: string, options?: TraceOptions): number[][] => {
  const { minutes, counts } = read(text, options).rows as CountedRows;
  return [...minutes].map((minute, row) => [minute, counts[row]!]);
};
const issuesOf = (text: string, options?: TraceOptions): string[] => {
  const checked = parseTrace(text, 't.csv', options);
  return checked.ok ? [] : checked.issues.map(printIssue);
};
const warningsOf = (text: string, options?: TraceOptions): string[] => {
  const checked = parseTrace(text, 't.csv', options);
  return checked.ok ? checked.warnings.map(printIssue) : [];
};
const logLine = (moment: string, request: string): string => `1.2.3.0 - - [${moment}] "${request}" 200 17 "-" "agent"`;

test('timestamps: the first column, in the unit its name ends in', () => {
  expect(timesOf('t_s\n0.5\n2\n')).toEqual([500_000, 2_000_000]);
  expect(timesOf('t_ms\n0.5\n2\n')).toEqual([500, 2000]);
  expect(timesOf('t_us\n5\n1e3\n')).toEqual([5, 1000]);
});

test('timestamps: another column by name, a duration for each row, equal stamps in file order', () => {
  const rows = stampsOf('id,at_s,duration_ms\na,1,10\nb,1,20\nc,2,0.5\n', { column: 'at_s' });
  expect([...rows.atUs]).toEqual([1e6, 1e6, 2e6]);
  expect([...rows.waitsUs!]).toEqual([10_000, 20_000, 500]);
  expect([...stampsOf('t_s,duration_s\n1,0.25\n').waitsUs!]).toEqual([250_000]);
  expect(stampsOf('t_s\n1\n').waitsUs).toBeNull();
});

test('timestamps: a first stamp that is a date, or over 10^9 seconds, is taken off all; a small one is not', () => {
  expect(timesOf('when\n2026-03-01T10:00:00Z\n2026-03-01T10:00:01.5Z\n')).toEqual([0, 1_500_000]);
  expect(timesOf('t_s\n1700000000.25\n1700000003\n')).toEqual([0, 2_750_000]);
  expect(timesOf('t_ms\n1700000000000\n1700000000250\n')).toEqual([0, 250_000]);
  expect(timesOf('t_s\n5000\n5001\n')).toEqual([5_000_000_000, 5_001_000_000]);
});

test('unsorted rows are sorted, with one warning that counts them and points at the first', () => {
  const text = 't_s,duration_s\n1,1\n3,3\n2,2\n5,5\n4,4\n';
  expect([...stampsOf(text).waitsUs!]).toEqual([1e6, 2e6, 3e6, 4e6, 5e6]);
  expect(warningsOf(text)).toEqual([
    't.csv:4:1 warning trace  2 rows are earlier than the row before, this the first; the trace was sorted by time',
  ]);
});

test('a byte-order mark, CRLF, a missing last line end and quoted line ends: the same as the clean file', () => {
  const clean = timesOf('t_s,note\n1,a\n2,b\n');
  for (const text of ['\uFEFFt_s,note\r\n1,a\r\n2,b\r\n', 't_s,note\n1,a\n2,b', 't_s,note\n1,"a\nb"\n2,"""b"""\n'])
    expect(timesOf(text)).toEqual(clean);
});

test('an empty trace, a header alone: no rows', () => {
  for (const text of ['', '\n\n', '\uFEFF', 't_s\n', 't_s', 'minute,requests\n', 'app,func,end_timestamp,duration\n'])
    expect(issuesOf(text)).toEqual(['t.csv:1:1 error trace  no rows; give at least one arrival']);
});

test('the first bad row is told with its place, the rest are counted', () => {
  expect(issuesOf('t_s\n1\nx\n2\ny\nz\n')).toEqual([
    "t.csv:3:1 error trace  'x' is no number (and 2 more rows of this file); write 1.5",
  ]);
  expect(issuesOf('a,t_s\nq,NaN\n', { column: 't_s' })[0]).toMatch(/^t\.csv:2:3 error trace {2}'NaN' is no number;/);
  expect(issuesOf('t_s\nInfinity\n')[0]).toMatch(/^t\.csv:2:1 .*'Infinity' is no number/);
  expect(issuesOf('t_s,a\n1,2\n3\n')[0]).toMatch(/^t\.csv:3:1 .*the row has 1 cells, the header 2/);
  expect(issuesOf('t_s\n-1\n2\n-3\n')[0]).toMatch(/^t\.csv:2:1 .*must not be negative \(and 1 more row of this file\)/);
  expect(issuesOf('t_s,duration_s\n1,-2\n')[0]).toMatch(/^t\.csv:2:3 .*duration must not be negative/);
  expect(issuesOf('when\n2026-03-01\nsoon\n')[0]).toMatch(/^t\.csv:3:1 .*'soon' is no date/);
});

test('a column that is not there, that does not say its unit, and a missing header are refused', () => {
  expect(issuesOf('t_s\n1\n', { column: 'u_s' })[0]).toMatch(/there is no column 'u_s'; columns: 't_s'/);
  expect(issuesOf('time\n1\n')[0]).toMatch(/column 'time' does not say its unit; end its name in _s, _ms or _us/);
  expect(issuesOf('0.5\n1\n')[0]).toMatch(/t\.csv:1:1 .*the first line must be a header/);
  expect(issuesOf('minute,requests\n0,5\n', { column: 'minute' })[0]).toMatch(/column is for the format timestamps/);
});

test('stamps of another unit than the name says are warned about', () => {
  expect(warningsOf('t_s\n1700000000000\n1700000000250\n')[0]).toMatch(/2:1 warning .*looks like ms since 1970/);
  expect(warningsOf('t_ms\n1700000000\n1700000001\n')[0]).toMatch(/looks like s since 1970/);
  for (const text of ['t_s\n1700000000\n', 't_ms\n1700000000000\n', 't_s\n0\n', 't_us\n1700000000\n'])
    expect(warningsOf(text)).toEqual([]);
});

test('counts: minutes from clock 0, in any order, twice the same added up; dates and epochs taken off', () => {
  expect(countsOf('minute,requests\n0,5\n3,10\n')).toEqual([
    [0, 5],
    [3, 10],
  ]);
  expect(countsOf('requests,minute\n5,2\n1,1\n4,2\n')).toEqual([
    [1, 1],
    [2, 9],
  ]);
  expect(warningsOf('requests,minute\n5,2\n1,1\n4,2\n')).toHaveLength(1);
  expect(countsOf('minute,requests\n2026-03-01T10:00Z,5\n2026-03-01T10:02Z,6\n')).toEqual([
    [0, 5],
    [2, 6],
  ]);
  expect(countsOf('minute,requests\n28333333,5\n28333335,6\n')).toEqual([
    [0, 5],
    [2, 6],
  ]);
});

test('counts: what is no whole number is refused', () => {
  expect(issuesOf('minute,requests\n0,1.5\n')[0]).toMatch(/^t\.csv:2:3 .*'1\.5' is no whole number of requests/);
  expect(issuesOf('minute,requests\n0,-1\n')[0]).toMatch(/is no whole number/);
  expect(issuesOf('minute,requests\n-1,1\n')[0]).toMatch(/'-1' is no minute/);
  expect(issuesOf('minute,hits\n0,1\n', { format: 'counts' })[0]).toMatch(/there is no column 'requests'/);
});

test('azure-2019: one column a minute, all functions added up', () => {
  const text = readFileSync('test/workload/fixtures/azure2019-format-invocations.csv', 'utf8');
  expect(formatOf(text)).toBe('azure-2019');
  const counts = countsOf(text);
  expect(counts).toHaveLength(1440);
  expect(counts[0]).toEqual([0, 5]);
  expect(counts[1439]![0]).toBe(1439);
  // Row sums of the file, by another program: 1150 + 3 x 1125.
  expect(counts.reduce((sum, [, count]) => sum + count!, 0)).toBe(4525);
  expect(issuesOf('a,b\n1,2\n', { format: 'azure-2019' })[0]).toMatch(/not the invocations file/);
});

test('azure-2021: starts at end minus duration, in seconds, and carries its duration', () => {
  const text = readFileSync('test/workload/fixtures/azure2021-invocations-199.csv', 'utf8');
  expect(formatOf(text)).toBe('azure-2021');
  const { atUs, waitsUs } = stampsOf(text);
  // Figures by another program: first start 0.0014909 s, last 1200.0147980 s, durations 10599.17 s in all.
  expect([atUs.length, atUs[0], atUs[198]]).toEqual([199, 1491, 1_200_014_798]);
  expect(waitsUs![0]).toBe(78_000);
  expect(waitsUs!.reduce((sum, waitUs) => sum + waitUs, 0)).toBe(10_599_170_000);
  expect(warningsOf(text)).toEqual([]);
});

test('azure-2021: what began before the trace comes at its beginning, with a warning', () => {
  const text = 'app,func,end_timestamp,duration\na,f,1,3\na,f,2,0.5\n';
  expect(timesOf(text)).toEqual([0, 1_500_000]);
  expect(warningsOf(text)[0]).toMatch(/1 invocations began before the trace/);
});

test('access-log: the real one, dates taken off, sorted with one warning', () => {
  const text = readFileSync('scenarios/real/web-log.txt', 'utf8');
  expect(formatOf(text)).toBe('access-log');
  const entries = ['GET /presentations/*', 'HEAD *', 'else'];
  const { atUs, entryIndices } = stampsOf(text, { entries });
  // Figures by another program: 1,100 lines over 32,458 s, the first two equal; 167 presentations, 3 HEAD.
  expect([atUs.length, atUs[0], atUs[1], atUs[2], atUs[1099]]).toEqual([1100, 0, 0, 3e6, 32_458e6]);
  const entryCounts = [0, 0, 0];
  for (const entry of entryIndices!) entryCounts[entry]!++;
  expect(entryCounts[1]).toBe(3);
  expect(entryCounts[0]).toBe(167);
  expect(warningsOf(text, { entries })).toEqual([
    't.csv:4:17 warning trace  540 rows are earlier than the row before, this the first; the trace was sorted by time',
  ]);
});

test('access-log: escaped quotes, users with blanks, a request that is none, common format, CRLF', () => {
  const text = [
    logLine('17/May/2015:10:05:03 +0000', 'GET /a\\"b HTTP/1.1'),
    '1.2.3.0 - John Doe [17/May/2015:10:05:04 +0000] "GET /c HTTP/1.0" 304 -',
    logLine('17/May/2015:12:05:05 +0200', '-'),
    '',
  ].join('\r\n');
  expect(timesOf(text)).toEqual([0, 1e6, 2e6]);
});

test('access-log: a bad line is told with its place; rows that no pattern matches are left out and counted', () => {
  const good = logLine('17/May/2015:10:05:03 +0000', 'GET /a HTTP/1.1');
  expect(issuesOf(`${good}\nnonsense\n\nmore\n`)[0]).toMatch(
    /^t\.csv:2:1 .*'nonsense' is no line of a web log \(and 1 more row/,
  );
  expect(issuesOf(`${good}\n${logLine('17/May/2015', 'GET / HTTP/1.1')}`)[0]).toMatch(/^t\.csv:2:14 .*is no date/);
  const other = logLine('17/May/2015:10:05:03 +0000', 'GET /b HTTP/1.1');
  expect(timesOf(`${good}\n${other}`, { entries: ['GET /a'] })).toEqual([0]);
  expect(warningsOf(`${good}\n${other}`, { entries: ['GET /a'] })[0]).toMatch(/2:14 .*1 row matches no pattern/);
  expect(issuesOf(good, { entries: ['GET /b'] })[0]).toMatch(/no row matches a pattern/);
});

test('entries by method and path need a log', () => {
  expect(issuesOf('t_s\n1\n', { entries: ['GET /a', 'else'] })[0]).toMatch(/need a log/);
  expect(timesOf('t_s\n1\n', { entries: ['else'] })).toEqual([1e6]);
});

test('a message never shows more of the file than one short cell', () => {
  const secret = `${'x'.repeat(36)}SECRET`;
  expect(issuesOf(`t_s\n${secret}\n`)[0]).not.toContain('SECRET');
});
