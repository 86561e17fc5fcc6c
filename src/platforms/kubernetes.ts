/**
 * `kubernetes`: a cluster that the user runs on his own nodes. Nothing is paid for the control plane itself; the
 * machines it
 * runs on (three for availability) are the user's to add, and the bill says that they are left out.
 */
import { figure, type Preset } from './contract.js';
import { clusterAutoscaler, kubernetesShared, threeNodes } from './kubernetesFamily.js';
import { oneZone } from './unlimited.js';

export const kubernetes: Preset = {
  ...kubernetesShared,
  name: 'kubernetes',
  title: 'Kubernetes, self-managed',
  provider: 'aws',
  region: 'us-east-1',
  zones: oneZone,
  frontDoor: 'none',
  nodes: {
    ...clusterAutoscaler,
    machine: figure('m6i.large', 'D', 'estimated', 'as on EKS'),
    count: threeNodes,
    typePrefix: 'aws.ec2.',
    reserve: figure(
      { cpuShares: [], memoryShares: [], memoryPerPodMb: 0, memoryFixedMb: 0, podCount: 110, evictionMb: 100 },
      'K6',
      'verified',
    ),
  },
  charges: [],
};
