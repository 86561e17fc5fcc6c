/** The CSV reader against RFC 4180, and its positions. */
import { expect, test } from 'vitest';
import { CsvReader, type CsvRow } from '../../../src/workload/traces/csvReader.js';

function rowsOf(text: string): CsvRow[] {
  const reader = new CsvReader(text);
  const rows: CsvRow[] = [];
  for (let row = reader.next(); row !== null; row = reader.next()) rows.push(row);
  return rows;
}
const cellsOf = (text: string): (readonly string[])[] => rowsOf(text).map(({ cells }) => cells);

test('quotes hold commas, line ends and doubled quotes', () => {
  expect(cellsOf('a,"b,c","d\r\ne","f""g"\n1,2,3,4')).toEqual([
    ['a', 'b,c', 'd\ne', 'f"g'],
    ['1', '2', '3', '4'],
  ]);
});

test('a byte-order mark, CRLF, lone CR, empty lines and a missing last line end change nothing', () => {
  const clean = [
    ['a', 'b'],
    ['1', ''],
  ];
  for (const text of ['a,b\n1,\n', '\uFEFFa,b\r\n1,\r\n', 'a,b\r1,', '\n\na,b\n\n1,\n\n', ' a , b \n 1 , ']) {
    expect(cellsOf(text)).toEqual(clean);
  }
});

test('positions count from 1, quoted line ends included, the byte-order mark not', () => {
  const [header, row, last] = rowsOf('\uFEFFa,b\n"x\ny",z,w\nlast,1');
  expect(header!.position(1)).toEqual({ line: 1, column: 3 });
  expect([row!.position(0), row!.position(1), row!.position(2)]).toEqual([
    { line: 2, column: 1 },
    { line: 3, column: 4 },
    { line: 3, column: 6 },
  ]);
  expect(last!.position(1)).toEqual({ line: 4, column: 6 });
});

test('nothing is nothing; an open quote ends with the text', () => {
  expect(cellsOf('')).toEqual([]);
  expect(cellsOf('\uFEFF\r\n')).toEqual([]);
  expect(cellsOf('a,"b')).toEqual([['a', 'b']]);
});
