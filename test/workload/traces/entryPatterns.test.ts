/** Which entry a logged request asks for. */
import { expect, test } from 'vitest';
import { EntryPatterns } from '../../../src/workload/traces/entryPatterns.js';

test('the example of the scenario language: movies, bookings and the rest', () => {
  const entries = new EntryPatterns(['GET /api/movies*', 'POST /api/book', 'else']);
  expect(entries.entryOf('GET', '/api/movies')).toBe(0);
  expect(entries.entryOf('GET', '/api/movies/7?page=2')).toBe(0);
  expect(entries.entryOf('POST', '/api/movies')).toBe(2);
  expect(entries.entryOf('POST', '/api/book?x=1')).toBe(1);
  expect(entries.entryOf('POST', '/api/books')).toBe(2);
});

test('the most exact pattern wins in every order of writing', () => {
  const patterns = ['GET /api/*', 'GET /api/movies/*', '* /api/movies/7', 'GET /api/movies/7'];
  for (const order of [patterns, patterns.toReversed()]) {
    const entries = new EntryPatterns(order);
    const patternOf = (method: string, path: string): string | undefined => order[entries.entryOf(method, path)];
    expect(patternOf('GET', '/api/movies/7')).toBe('GET /api/movies/7');
    expect(patternOf('PUT', '/api/movies/7')).toBe('* /api/movies/7');
    expect(patternOf('GET', '/api/movies/8')).toBe('GET /api/movies/*');
    expect(patternOf('GET', '/api/x')).toBe('GET /api/*');
    expect(patternOf('PUT', '/api/x')).toBeUndefined();
  }
});

test('stars stand for anything, anywhere, and need not overlap', () => {
  const entries = new EntryPatterns(['GET /a*b*c', '/any']);
  expect(entries.entryOf('GET', '/abc')).toBe(0);
  expect(entries.entryOf('GET', '/a-x-b-y-c')).toBe(0);
  expect(entries.entryOf('GET', '/ac')).toBe(-1);
  expect(new EntryPatterns(['GET /ab*ba']).entryOf('GET', '/aba')).toBe(-1);
  expect(entries.entryOf('DELETE', '/any')).toBe(1);
});

test('a pattern with a question mark looks at the query, others do not; methods in any case', () => {
  const entries = new EntryPatterns(['get /s?q=*', 'GET /s']);
  expect(entries.entryOf('GET', '/s?q=1')).toBe(0);
  expect(entries.entryOf('GET', '/s?p=1')).toBe(1);
});
