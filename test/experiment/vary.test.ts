/** Values of `--vary`: what the command line's page writes, and what a person might. */
import { describe, expect, test } from 'vitest';
import { readVaried, type Varied } from '../../src/experiment/vary.js';
import { amountAt } from '../../src/units/amountRange.js';

function valuesOf(text: string): readonly string[] {
  const varied = readVaried(text);
  if (typeof varied === 'string') throw new Error(varied);
  return varied.values;
}

describe('lists and ranges', () => {
  test.each([
    ['a=1,2,4', ['1', '2', '4']],
    ['b=10..100/10', ['10', '20', '30', '40', '50', '60', '70', '80', '90', '100']],
    ['load=1..4', ['1', '2', '3', '4']],
    ['load=0.1..0.5/0.1', ['0.1', '0.2', '0.3', '0.4', '0.5']],
    ['services.a.memory=128MB..512MB/128MB', ['128MB', '256MB', '384MB', '512MB']],
    ['services.a.memory=512MB..2GB/512MB', ['512MB', '1024MB', '1536MB', '2048MB']],
    ['x.timeout=500ms..2s/500ms', ['500ms', '1000ms', '1500ms', '2000ms']],
    ['load=1..1000*10', ['1', '10', '100', '1000']],
    ['load=1.0..100/log3', ['1', '10', '100']],
    ['load=3..3', ['3']],
    ['a.balancer=round-robin, random', ['round-robin', 'random']],
    ['a.scaler={cpu: 0.5, max: 3},{cpu: 0.7, max: 3}', ['{cpu: 0.5, max: 3}', '{cpu: 0.7, max: 3}']],
    ['a.image="x,y",z', ['"x,y"', 'z']],
    ['run.starts=Mon 00:00', ['Mon 00:00']],
  ])('%s', (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  test('a range of decimals without steps has no values of its own, but a range', () => {
    const varied = readVaried('load=0.5..2') as Varied;
    expect(varied.values).toEqual([]);
    expect(varied.range).toMatchObject({ low: 0.5, high: 2, unit: '' });
    expect(amountAt(varied.range!, 0.5)).toBe('1.25');
  });

  test('whole ends mean whole amounts between them', () => {
    const varied = readVaried('a.replicas=1..5') as Varied;
    expect(amountAt(varied.range!, 0.55)).toBe('3');
  });
});

describe('what is refused', () => {
  test.each([
    ['load', 'is not path=values'],
    ['=1,2', 'is not path=values'],
    ['load=', 'has no values'],
    ['load=1,,2', 'an empty value'],
    ['load=1,2,1', 'the value 1 twice'],
    ['load=10..1/1', 'empty range'],
    ['load=1..10/0', 'no step'],
    ['load=1..10/-1', 'no step'],
    ['load=1..1e9/1', 'more than'],
    ['load=1s..10MB/1', 'do not go together'],
    ['load=0..10*2', 'begins above 0'],
    ['load=1..10*1', 'no factor above 1'],
    ['load=1..10/log1', 'log needs'],
  ])('%s', (text, words) => {
    const varied = readVaried(text);
    expect(varied).toBeTypeOf('string');
    expect(varied).toContain(words);
  });
});
