/**
 * Steps compiled to a flat program of integers: what fibers walk.
 *
 * One instruction a place in parallel arrays: `op` says what, `a` and `b` are its operands, `next` where to go on,
 * `value` a constant duration or share (NaN: ask the sampler `samplers[a]`), `hash` names the place for draws. The hash
 * is made of names and positions on the way (service.operation, step, branch), never of an index into a table of all
 * services, so that adding a service changes nobody else's draws.
 */
import type { BreakerRule, RetryBudget } from '../healing/contract.js';
import type { Model, RetryModel, StepModel, TimeoutModel } from '../model/contract.js';
import type { Sampler } from '../random/contract.js';
import { mix32 } from '../random/draws.js';

export const ops = {
  end: 0,
  cpu: 1,
  wait: 2,
  waitTrace: 3,
  query: 4,
  call: 5,
  send: 6,
  parallel: 7,
  choose: 8,
  repeat: 9,
  fail: 10,
  jump: 11,
  /** A query that writes: served like any other, told apart for what databases bill. */
  write: 12,
} as const;

/** One operation of one service: where its steps begin, its hash, and the path of a visitor's first attempt at it. */
export interface OperationEntry {
  readonly service: number;
  readonly operation: number;
  readonly pc: number;
  readonly hash: number;
  readonly firstPath: number;
}

/** One `call` or `send`: whom, how long, how often. */
export interface CallSite {
  readonly service: number;
  readonly operation: number;
  readonly entry: OperationEntry;
  readonly timeout: TimeoutModel | null;
  readonly retries: RetryModel | null;
  readonly isOptional: boolean;
  readonly breaker: BreakerRule | undefined;
  readonly retryBudget: RetryBudget | undefined;
  /** Of a message: the line it is put in, where it goes through a queue. */
  readonly line: number | undefined;
}

/** What waits in a queue for one service. */
export interface LinePlace {
  readonly queue: number;
  readonly service: number;
}

/** Hash of whatever hangs on the number of the attempt. */
export const attemptPlace = hashName('attempt');

/** The program as it is walked: every column of numbers in a typed array. */
export class Program {
  readonly op: Uint8Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly next: Int32Array;
  readonly value: Float64Array;
  readonly hash: Int32Array;
  readonly samplers: readonly Sampler[];
  readonly calls: readonly CallSite[];
  /** Lines of queues, in the order in which the steps name them. */
  readonly lines: readonly LinePlace[];
  /** Lanes of the calls' constant timeouts, -1 without. Set when the run opens. */
  readonly timeoutLanes: number[] = [];
  /** Targets of `parallel` and `choose`, and the chances of the latter (running sums). */
  readonly targets: Int32Array;
  readonly chances: Float64Array;
  /** By service and operation. */
  readonly operations: readonly (readonly OperationEntry[])[];
  /** One instruction that always fails: where a span is sent that answers with an error instead of working. */
  readonly failPc: number;
  /** Which operation an instruction belongs to, for messages. */
  readonly owners: readonly string[];

  constructor(draft: Draft, operations: readonly (readonly OperationEntry[])[], failPc: number) {
    this.op = Uint8Array.from(draft.op);
    this.a = Int32Array.from(draft.a);
    this.b = Int32Array.from(draft.b);
    this.next = Int32Array.from(draft.next);
    this.value = Float64Array.from(draft.value);
    this.hash = Int32Array.from(draft.hash);
    this.samplers = draft.samplers;
    this.calls = draft.calls.map((call) => ({
      service: call.service,
      operation: call.operation,
      entry: operations[call.service]![call.operation]!,
      timeout: call.timeout,
      retries: call.retries,
      isOptional: call.isOptional,
      breaker: call.breaker,
      retryBudget: call.retryBudget,
      line: call.line,
    }));
    this.lines = draft.lines;
    this.targets = Int32Array.from(draft.targets);
    this.chances = Float64Array.from(draft.chances);
    this.operations = operations;
    this.failPc = failPc;
    this.owners = draft.owners;
  }
}

/** A call as the model has it. */
type Call = Omit<Extract<StepModel, { kind: 'call' }>, 'kind'> & { readonly line?: number };

/** The program while it grows. */
class Draft {
  readonly op: number[] = [];
  readonly a: number[] = [];
  readonly b: number[] = [];
  readonly next: number[] = [];
  readonly value: number[] = [];
  readonly hash: number[] = [];
  readonly samplers: Sampler[] = [];
  readonly calls: Call[] = [];
  readonly lines: LinePlace[] = [];
  readonly targets: number[] = [];
  readonly chances: number[] = [];
  readonly owners: string[] = [];
}

/** Hash of a name on the way: FNV-1a over its UTF-16 units, then a full avalanche. A 32-bit integer. */
export function hashName(name: string): number {
  let h = 0x811c9dc5 | 0;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return mix32(h);
}

/** The place of `step` seen from `path`, in round or attempt `turn`. */
export function placeOf(path: number, step: number, turn: number): number {
  return mix32((Math.imul(path, 0x2c1b3c6d) ^ step) + Math.imul(turn, 0x297a2d39));
}

/** Compile every operation of every service. */
export function compileProgram(model: Model): Program {
  const draft = new Draft();
  const operations = model.services.map((spec, service) =>
    spec.operations.map(({ name: operationName, steps }, operation): OperationEntry => {
      const name = `${spec.name}.${operationName}`;
      const hash = hashName(name);
      const pc = new Compiler(draft, name).operation(steps);
      return { service, operation, pc, hash, firstPath: placeOf(hash, attemptPlace, 0) };
    }),
  );
  const failPc = new Compiler(draft, 'error').operation([{ kind: 'fail', chance: 1 }]);
  return new Program(draft, operations, failPc);
}

class Compiler {
  private readonly program: Draft;
  private readonly name: string;
  /** Blocks to compile after the one at hand: branches and bodies. */
  private readonly waiting: (() => void)[] = [];

  constructor(program: Draft, name: string) {
    this.program = program;
    this.name = name;
  }

  operation(steps: readonly StepModel[]): number {
    const start = this.block(steps, this.name, -1);
    for (let block = this.waiting.shift(); block; block = this.waiting.shift()) block();
    return start;
  }

  /** Compile `steps` one after another; at their end go to `after`, or end the fiber when that is -1. */
  private block(steps: readonly StepModel[], path: string, after: number): number {
    const start = this.program.op.length;
    for (const [position, step] of steps.entries()) this.step(step, `${path}/${position}`);
    if (after < 0) this.emit(ops.end, path, 0, 0, 0);
    else this.program.next[this.emit(ops.jump, path, 0, 0, 0)] = after;
    return start;
  }

  private step(step: StepModel, path: string): void {
    switch (step.kind) {
      case 'cpu':
        this.emitSampled(ops.cpu, path, step.work, 0);
        break;
      case 'wait':
        this.emitSampled(ops.wait, path, step.time, 0);
        break;
      case 'wait-trace':
        this.emit(ops.waitTrace, path, 0, 0, 0);
        break;
      case 'query':
        this.emitSampled(step.isWrite ? ops.write : ops.query, path, step.time, step.database);
        break;
      case 'call':
        this.emit(ops.call, path, this.program.calls.push(step) - 1, 0, 0);
        break;
      case 'send':
        this.emit(
          ops.send,
          path,
          this.program.calls.push({
            service: step.service,
            operation: step.operation,
            timeout: null,
            retries: null,
            isOptional: true,
            ...(step.queue === undefined ? {} : { line: this.lineOf(step.queue, step.service) }),
          }) - 1,
          0,
          0,
        );
        break;
      case 'parallel':
        this.parallel(step.branches, path);
        break;
      case 'choose':
        this.choose(step.branches, path);
        break;
      case 'repeat':
        this.repeat(step, path);
        break;
      case 'fail':
        this.emit(ops.fail, path, 0, 0, step.chance);
        break;
    }
  }

  private lineOf(queue: number, service: number): number {
    const { lines } = this.program;
    const found = lines.findIndex((line) => line.queue === queue && line.service === service);
    return found >= 0 ? found : lines.push({ queue, service }) - 1;
  }

  private parallel(branches: readonly (readonly StepModel[])[], path: string): void {
    const { targets, chances } = this.program;
    const first = targets.length;
    for (let i = 0; i < branches.length; i++) {
      targets.push(-1);
      chances.push(0);
    }
    this.emit(ops.parallel, path, first, branches.length, 0);
    for (const [branch, steps] of branches.entries())
      this.waiting.push(() => {
        targets[first + branch] = this.block(steps, `${path}/branch ${branch}`, -1);
      });
  }

  private choose(
    branches: readonly { readonly chance: number; readonly steps: readonly StepModel[] }[],
    path: string,
  ): void {
    const { targets, chances } = this.program;
    const first = targets.length;
    let sum = 0;
    for (const { chance } of branches) {
      sum += chance;
      targets.push(-1);
      chances.push(sum);
    }
    const after = this.emit(ops.choose, path, first, branches.length, 0) + 1;
    for (const [branch, { steps }] of branches.entries())
      this.waiting.push(() => {
        targets[first + branch] = this.block(steps, `${path}/branch ${branch}`, after);
      });
  }

  private repeat(step: Extract<StepModel, { kind: 'repeat' }>, path: string): void {
    const { times } = step;
    const isFixed = typeof times === 'number';
    const at = this.emit(ops.repeat, path, -1, isFixed ? 0 : 1, isFixed ? times : times.geometricMean);
    this.waiting.push(() => {
      this.program.a[at] = this.block(step.steps, `${path}/body`, -1);
    });
  }

  private emitSampled(op: number, path: string, sampler: Sampler, b: number): void {
    const isConstant = sampler.kind === 'constant';
    const index = isConstant ? -1 : this.program.samplers.push(sampler) - 1;
    this.emit(op, path, index, b, isConstant ? sampler.mean : Number.NaN);
  }

  private emit(op: number, path: string, a: number, b: number, value: number): number {
    const { program } = this;
    const at = program.op.length;
    program.op.push(op);
    program.a.push(a);
    program.b.push(b);
    program.next.push(at + 1);
    program.value.push(value);
    program.hash.push(hashName(path));
    program.owners.push(this.name);
    return at;
  }
}
