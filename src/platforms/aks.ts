/**
 * `aks`: Azure Kubernetes Service with the uptime SLA: the user's own virtual machines and a paid control plane. Its
 * other
 * figures are those of `gke`; no public data of its own.
 */
import { figure, type Preset } from './contract.js';
import { clusterAutoscaler, kubernetesShared, threeNodes } from './kubernetesFamily.js';
import { threeZones } from './unlimited.js';

export const aks: Preset = {
  ...kubernetesShared,
  name: 'aks',
  title: 'Kubernetes on Azure AKS',
  provider: 'azure',
  region: 'eastus',
  zones: threeZones,
  frontDoor: 'azure-lb',
  nodes: {
    ...clusterAutoscaler,
    machine: figure('D2s_v5', 'D', 'verified'),
    count: threeNodes,
    typePrefix: 'az.vm.',
    reserve: figure(
      {
        // 60, 100, 140, 180, 260, 420 and 740 thousandths for 1, 2, 4, 8, 16, 32 and 64 cores.
        cpuShares: [
          [1, 0.06],
          [1, 0.04],
          [2, 0.02],
          [Number.POSITIVE_INFINITY, 0.01],
        ],
        memoryShares: [],
        memoryPerPodMb: 20,
        memoryFixedMb: 50,
        podCount: 30,
        evictionMb: 100,
      },
      'K5',
      'verified',
      'never more than a quarter of the memory before eviction; no type of the table is that small',
    ),
  },
  charges: [
    {
      line: 'control-plane-hours',
      part: 'compute',
      bills: 'instances',
      idle: 'platform',
      sku: 'az.aks.sla',
      each: 'platform',
      per: 'one',
      meter: { kind: 'measured-time' },
      source: 'K8',
      status: 'verified',
    },
  ],
};
