/**
 * The steps, one function each. A step is named by where it stands (`service.operation/2/branch 0/1`); with the path of
 * calls that led there, its name is the place of its draws.
 */
import type { StepModel } from '../../src/model/contract.js';
import type { Draws } from '../../src/random/draws.js';
import { CallInProgress, sendMessage } from './calls.js';
import { drawsAt, hashName, placeOf, sampledUs } from './chance.js';
import { type Halt, type Steps, Walker } from './walker.js';

/** Where a step stands: whose it is, its name, the path of calls and branches that led there. */
export interface Standing {
  readonly walker: Walker;
  readonly name: string;
  readonly path: number;
}

/** Walk `steps` one after another; false as soon as one fails. */
export function* walk(walker: Walker, steps: readonly StepModel[], name: string, path: number): Steps {
  for (const [position, step] of steps.entries()) {
    const isWell = yield* take(step, { walker, name: `${name}/${position}`, path });
    if (!isWell) return false;
  }
  return true;
}

function* take(step: StepModel, at: Standing): Steps {
  const { walker } = at;
  const { visitor } = walker.span;
  switch (step.kind) {
    case 'cpu':
      return yield* compute(walker, sampledUs(step.work, draws(at)));
    case 'wait':
      return yield* wait(sampledUs(step.time, draws(at)));
    case 'wait-trace':
      return yield* wait(visitor.traceWaitUs);
    case 'query': {
      const database = walker.span.world.databases[step.database]!;
      const timeUs = sampledUs(step.time, draws(at));
      return yield () => database.ask(walker, timeUs);
    }
    case 'call':
      return yield () => new CallInProgress(step, at).ask();
    case 'send':
      sendMessage(step, at);
      return true;
    case 'parallel':
      return step.branches.length === 0 || (yield fork(step.branches, at));
    case 'choose':
      return yield* choose(step.branches, at);
    case 'repeat':
      return yield* repeat(step, at);
    case 'fail':
      return draws(at).uniform() >= step.chance;
  }
}

function draws({ walker, name, path }: Standing): Draws {
  return drawsAt(walker.span.visitor.key, placeOf(path, hashName(name), 0));
}

function* compute(walker: Walker, drawnUs: number): Steps {
  const { service, instance } = walker.span;
  const workUs = drawnUs * service.versions[instance!.version]!.cpuFactor;
  if (workUs <= 0) return true;
  return yield () => {
    walker.breakOff = instance!.cpu.start(workUs, () => walker.goOnInTurn());
  };
}

function* wait(waitUs: number): Steps {
  if (waitUs <= 0) return true;
  return yield (walker) => {
    const over = walker.agenda.after(waitUs, 'completion', () => walker.goOn(true));
    walker.breakOff = () => void walker.agenda.callOff(over);
  };
}

/** All branches at once. When all have ended the step fails if one did. The last one begun is broken off first. */
function fork(branches: readonly (readonly StepModel[])[], { name, path }: Standing): Halt {
  return (walker) => {
    const inProgress = new Set<Walker>();
    let hasFailed = false;
    for (const [position, steps] of branches.entries()) {
      const branchPath = placeOf(path, hashName(name), position);
      const branch = new Walker(walker.span, steps, `${name}/branch ${position}`, branchPath, (isWell) => {
        inProgress.delete(branch);
        hasFailed ||= !isWell;
        if (inProgress.size > 0) return;
        if (hasFailed) walker.goOn(false);
        else walker.goOnInTurn();
      });
      inProgress.add(branch);
    }
    walker.breakOff = (cancelsBelow) => {
      for (const branch of [...inProgress].reverse()) branch.breakOff(cancelsBelow);
    };
  };
}

/** One branch by chance; what is left of 100% does nothing. */
function* choose(
  branches: readonly { readonly chance: number; readonly steps: readonly StepModel[] }[],
  at: Standing,
): Steps {
  const draw = draws(at).uniform();
  let sum = 0;
  for (const [position, { chance, steps }] of branches.entries()) {
    sum += chance;
    if (draw < sum) return yield* walk(at.walker, steps, `${at.name}/branch ${position}`, at.path);
  }
  return true;
}

/** Round after round; others may go on between two of them. */
function* repeat(step: Extract<StepModel, { kind: 'repeat' }>, at: Standing): Steps {
  const { times } = step;
  const rounds = typeof times === 'number' ? times : geometric(draws(at).uniform(), times.geometricMean);
  if (rounds < 1) return true;
  for (let round = 0; round < rounds; round++) {
    yield (walker) => walker.goOnInTurn();
    const path = placeOf(at.path, hashName(at.name), round);
    const isWell = yield* walk(at.walker, step.steps, `${at.name}/body`, path);
    if (!isWell) return false;
  }
  return yield (walker) => walker.goOnInTurn();
}

/** 1, 2, 3, … with mean `mean` >= 1, from one draw in [0, 1). */
function geometric(draw: number, mean: number): number {
  if (mean <= 1) return 1;
  return 1 + Math.floor(Math.log1p(-draw) / Math.log1p(-1 / mean));
}
