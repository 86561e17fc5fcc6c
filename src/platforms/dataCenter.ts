/**
 * `data-center`: machines of the user's own at a monthly price, services behind a round-robin balancer. All figures are
 * assumptions of this product, printed with the bill.
 */
import { figure, type Preset } from './contract.js';
import { clusterAutoscaler, kubernetesShared, threeNodes } from './kubernetesFamily.js';
import { oneZone } from './unlimited.js';

export const dataCenter: Preset = {
  ...kubernetesShared,
  name: 'data-center',
  title: 'Own data center',
  provider: 'own',
  region: null,
  dispatch: { ...kubernetesShared.dispatch, balancer: 'round-robin' },
  start: {
    ...kubernetesShared.start,
    imageMbPerSecond: figure(100, 'D', 'estimated', "the machines' own network, 1 Gbit/s less overhead"),
  },
  zones: oneZone,
  frontDoor: 'none',
  nodes: {
    ...clusterAutoscaler,
    machine: figure({ vCpu: 16, memoryMb: 65_536, usdPerMonth: '250' }, 'D', 'verified'),
    count: threeNodes,
    typePrefix: null,
    reserve: figure(
      { cpuShares: [], memoryShares: [], memoryPerPodMb: 0, memoryFixedMb: 0, podCount: 110, evictionMb: 0 },
      'D',
      'verified',
      'the sizes given are what services can use',
    ),
  },
  charges: [],
};
