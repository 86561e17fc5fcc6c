/**
 * `gke`: Google Kubernetes Engine, standard mode: the user's own Compute Engine nodes and a paid control plane.
 */
import { figure, type Preset } from './contract.js';
import { clusterAutoscaler, kubernetesShared, managedCpuShares, threeNodes } from './kubernetesFamily.js';
import { threeZones } from './unlimited.js';

export const gke: Preset = {
  ...kubernetesShared,
  name: 'gke',
  title: 'Kubernetes on Google GKE',
  provider: 'gcp',
  region: 'us-central1',
  zones: threeZones,
  frontDoor: 'google-lb',
  nodes: {
    ...clusterAutoscaler,
    machine: figure('e2-standard-2', 'D', 'verified'),
    count: threeNodes,
    typePrefix: 'gcp.gce.',
    reserve: figure(
      {
        cpuShares: managedCpuShares,
        memoryShares: [
          [4096, 0.25],
          [4096, 0.2],
          [8192, 0.1],
          [114_688, 0.06],
          [Number.POSITIVE_INFINITY, 0.02],
        ],
        memoryPerPodMb: 0,
        memoryFixedMb: 0,
        podCount: 110,
        evictionMb: 100,
      },
      'K4',
      'verified',
    ),
  },
  charges: [
    {
      line: 'control-plane-hours',
      part: 'compute',
      bills: 'instances',
      idle: 'platform',
      sku: 'gcp.gke.cluster',
      each: 'platform',
      per: 'one',
      meter: { kind: 'measured-time' },
      source: 'K8',
      status: 'verified',
    },
  ],
};
