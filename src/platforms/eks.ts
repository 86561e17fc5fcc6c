/**
 * `eks`: Amazon EKS on managed node groups: the user's own EC2 nodes, a paid control plane, a load balancer in front.
 */
import { figure, type Preset } from './contract.js';
import { clusterAutoscaler, kubernetesShared, managedCpuShares, threeNodes } from './kubernetesFamily.js';
import { threeZones } from './unlimited.js';

export const eks: Preset = {
  ...kubernetesShared,
  name: 'eks',
  title: 'Kubernetes on Amazon EKS',
  provider: 'aws',
  region: 'us-east-1',
  zones: threeZones,
  frontDoor: 'alb',
  nodes: {
    ...clusterAutoscaler,
    machine: figure('m6i.large', 'D', 'verified'),
    count: threeNodes,
    typePrefix: 'aws.ec2.',
    reserve: figure(
      {
        cpuShares: managedCpuShares,
        memoryShares: [],
        memoryPerPodMb: 11,
        memoryFixedMb: 255,
        podCount: 110,
        evictionMb: 100,
      },
      'K3',
      'verified',
      'a type of the table holds as many pods as its network interfaces have addresses; another machine 110',
    ),
  },
  charges: [
    {
      line: 'control-plane-hours',
      part: 'compute',
      bills: 'instances',
      idle: 'platform',
      sku: 'aws.eks.cluster',
      each: 'platform',
      per: 'one',
      meter: { kind: 'measured-time' },
      source: 'K8',
      status: 'verified',
    },
  ],
};
