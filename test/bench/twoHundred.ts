/**
 * The scenario of the page's bench: five services of forty instances each, all of them at work. Its own file because
 * the process that draws and the one that is measured must simulate the same.
 */
export function twoHundred(minutes: number): string {
  return `name: Two hundred instances
run: {warmup: 0s, duration: ${minutes}m, replications: 1}
traffic:
  some: {entry: a.work, arrivals: {poisson: 700/s}}
  others: {entry: a.work, arrivals: {poisson: 100/s}}
services:
  a: {cpu: 1, concurrency: 8, operations: {work: [{cpu: 5ms}, {wait: 100ms}, {call: b.work}]}}
  b: {cpu: 1, concurrency: 8, operations: {work: [{cpu: 5ms}, {wait: 100ms}, {call: c.work}]}}
  c: {cpu: 1, concurrency: 8, operations: {work: [{cpu: 5ms}, {wait: 100ms}, {call: d.work}]}}
  d: {cpu: 1, concurrency: 8, operations: {work: [{cpu: 5ms}, {wait: 100ms}, {call: e.work}]}}
  e: {cpu: 1, concurrency: 8, operations: {work: [{cpu: 5ms}, {wait: 100ms}]}}
platforms:
  bench: {preset: fixed, defaults: {replicas: 40}}
`;
}
