/**
 * Shares of calls that crossed zones, of one replication: added to the numbers of services and platform. Its own file
 * beside `measures.ts`, for only where zones make a difference is there anything to tell.
 */
import type { ZoneTally } from '../observation/zoneTally.js';
import type { ReplicationNumbers } from './measures.js';

export function withZones(numbers: ReplicationNumbers, { callCount, acrossCount }: ZoneTally): ReplicationNumbers {
  const share = (calls: number, across: number) => (calls > 0 ? { cross_zone_ratio: across / calls } : {});
  const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0);
  return {
    ...numbers,
    platform: { ...numbers.platform, ...share(sum(callCount), sum(acrossCount)) },
    services: numbers.services.map((service, index) => ({
      ...service,
      ...share(callCount[index]!, acrossCount[index]!),
    })),
  };
}
