/**
 * CPUs on which no job ever shares: an instance with no more slots than vCPUs, whose requests do one thing at a time and
 * which no fault slows. Each job has an appointment of its own, made when it begins: of jobs that end at one instant the
 * one that began first goes first, on whichever instance it is.
 */
import type { ServiceModel, StepModel } from '../../src/model/contract.js';
import type { Agenda } from './agenda.js';
import type { Cpu } from './sharedCpu.js';

/** Whether no job of such an instance can ever have less than its own share. */
export function isNeverShared({ concurrency, vCpu, operations }: ServiceModel, isEverSlowed: boolean): boolean {
  const computesAtOnce = operations.some(({ steps }) => steps.some((step) => forks(step)));
  return concurrency <= Math.max(1, Math.floor(vCpu)) && !computesAtOnce && !isEverSlowed;
}

/** Whether a step computes in one of several branches at once. */
function forks(step: StepModel): boolean {
  if (step.kind === 'parallel') return step.branches.flat().some(computes);
  return innerSteps(step).some(forks);
}

function computes(step: StepModel): boolean {
  return step.kind === 'cpu' || innerSteps(step).some(computes);
}

function innerSteps(step: StepModel): readonly StepModel[] {
  if (step.kind === 'parallel') return step.branches.flat();
  if (step.kind === 'choose') return step.branches.flatMap(({ steps }) => steps);
  return step.kind === 'repeat' ? step.steps : [];
}

export class OwnCpu implements Cpu {
  private readonly agenda: Agenda;
  private readonly share: number;

  constructor(agenda: Agenda, vCpu: number) {
    this.agenda = agenda;
    this.share = Math.min(1, vCpu);
  }

  start(workUs: number, whenDone: () => void): () => void {
    const job = this.agenda.after(Math.ceil(workUs / this.share - 1e-4), 'completion', whenDone);
    return () => void this.agenda.callOff(job);
  }

  setSlowness(slowness: number): void {
    if (slowness !== 1) throw new Error('an instance that a fault slows shares its CPUs');
  }
}
