/**
 * The platforms there are, one line each. Scenario checking, help and the contract suite read this table.
 */
import { aks } from './aks.js';
import { appEngineFlexible } from './appEngineFlexible.js';
import { appEngineStandard } from './appEngineStandard.js';
import { azureFunctions } from './azureFunctions.js';
import { azureFunctionsFlex } from './azureFunctionsFlex.js';
import { azureFunctionsPremium } from './azureFunctionsPremium.js';
import { cloudFunctions } from './cloudFunctions.js';
import { cloudRun } from './cloudRun.js';
import { cloudRunInstances } from './cloudRunInstances.js';
import type { Preset } from './contract.js';
import { dataCenter } from './dataCenter.js';
import { eks } from './eks.js';
import { faas } from './faas.js';
import { fargate } from './fargate.js';
import { fixed } from './fixed.js';
import { gke } from './gke.js';
import { knative } from './knative.js';
import { kubernetes } from './kubernetes.js';
import { lambda } from './lambda.js';
import { local } from './local.js';

export const presets: readonly Preset[] = [
  fixed,
  faas,
  local,
  dataCenter,
  kubernetes,
  eks,
  gke,
  aks,
  knative,
  fargate,
  appEngineStandard,
  appEngineFlexible,
  cloudRun,
  cloudRunInstances,
  cloudFunctions,
  lambda,
  azureFunctions,
  azureFunctionsFlex,
  azureFunctionsPremium,
];

/** The preset a scenario calls `name`; undefined when there is none of that name. */
export function findPreset(name: string): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}
