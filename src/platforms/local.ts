/**
 * `local`: Docker on one machine that is there anyway: 8 vCPU, 16 GB, $0. Images are built on it, containers start in
 * half a second.
 */
import { figure, type Preset } from './contract.js';
import { clusterAutoscaler, kubernetesShared } from './kubernetesFamily.js';
import { always } from './spans.js';
import { knownAtOnce, noLimit, oneZone } from './unlimited.js';

export const local: Preset = {
  ...kubernetesShared,
  name: 'local',
  title: 'Docker on one machine',
  provider: 'own',
  region: null,
  dispatch: { ...kubernetesShared.dispatch, balancer: 'round-robin' },
  start: {
    ...kubernetesShared.start,
    placement: figure(always(500), 'R', 'estimated', 'docker run of a local image'),
    imageMbPerSecond: noLimit,
  },
  discoveryDelayMs: knownAtOnce,
  zones: oneZone,
  frontDoor: 'none',
  nodes: {
    ...clusterAutoscaler,
    machine: figure({ vCpu: 8, memoryMb: 16_384, usdPerMonth: '0' }, 'D', 'verified'),
    count: figure(1, 'D', 'verified'),
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
