/**
 * `cloud-run-instances`: Google Cloud Run billed by instance: the whole life of every instance, the idle minutes
 * included,
 * and no charge per request.
 */

import { cloudRunShared } from './cloudRun.js';
import type { Preset } from './contract.js';

export const cloudRunInstances: Preset = {
  ...cloudRunShared,
  name: 'cloud-run-instances',
  title: 'Google Cloud Run (billed by instance)',
  charges: [
    {
      line: 'cpu',
      part: 'compute',
      bills: 'instances',
      idle: 'service',
      sku: 'gcp.run.inst.t1.cpu',
      each: 'service',
      per: 'vcpu',
      meter: { kind: 'instance-time', watched: 'all', fromPhase: 'starting', granularityMs: 100, minimumMs: 60_000 },
      source: 'G3',
      status: 'verified',
      note: 'the minimum of one minute is recalled',
    },
    {
      line: 'memory',
      part: 'compute',
      bills: 'instances',
      idle: 'service',
      sku: 'gcp.run.inst.t1.mem',
      each: 'service',
      per: 'memory-gb',
      meter: { kind: 'instance-time', watched: 'all', fromPhase: 'starting', granularityMs: 100, minimumMs: 60_000 },
      source: 'G3',
      status: 'verified',
      note: 'the minimum of one minute is recalled',
    },
  ],
  claimedLevel: null,
  soldAsServerless: 'cloud.google.com/run/docs: “Cloud Run is serverless”',
};
