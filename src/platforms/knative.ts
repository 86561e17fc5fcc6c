/**
 * `knative`: Knative Serving on the user's own Kubernetes: pods that go to none, and an activator that holds requests
 * meanwhile. The nodes are those of `kubernetes`, and they are paid for whether pods run on them or not.
 */
import { figure, type Preset } from './contract.js';
import { kubernetes } from './kubernetes.js';
import { kubernetesShared } from './kubernetesFamily.js';

export const knative: Preset = {
  ...kubernetes,
  name: 'knative',
  title: 'Knative on Kubernetes, self-managed',
  dispatch: {
    ...kubernetesShared.dispatch,
    replicas: figure(
      { min: 0, max: Number.POSITIVE_INFINITY },
      'KN1',
      'verified',
      'min-scale 0, max-scale 0: no limit',
    ),
    scaler: figure({ kind: 'kpa', options: {} }, 'KN1', 'verified', 'the defaults of config-autoscaler'),
  },
  requestTimeoutMs: figure(600_000, 'KN2', 'verified', 'max-revision-timeout-seconds; 300 s unless asked for'),
};
