/**
 * Faults that strike at nothing: `slow` where no step uses a CPU, a database's faults where nobody asks it.
 *
 * Its own file because each looks from the end of the file back at `services`, on no platform yet.
 * Checked by test/model/idleFaults.test.ts.
 */
import type { FaultSpec, Scenario, StepSpec } from '../scenario/contract.js';
import type { Findings } from './findings.js';

/** Warns of each fault that will be seen nowhere. */
export function checkFaults({ faults, services }: Scenario, findings: Findings): void {
  const stepsOf = (name: string): readonly StepSpec[] =>
    services.filter((each) => name === '*' || each.name === name).flatMap(allSteps);
  const warn = (index: number, key: string, message: string, hint: string): void =>
    findings.warn({ path: ['faults', index, key], code: 'no-effect', message, hint });
  faults.forEach((fault: FaultSpec, index) => {
    if (fault.kind === 'slow' && !uses(stepsOf(fault.service), isWork))
      warn(index, 'slow', 'slows nothing: no step of it is cpu work', 'write cpu steps, or a slower wait of its own');
    if (fault.kind !== 'slow-database' && fault.kind !== 'lose-database') return;
    const { database } = fault;
    const asks = (step: StepSpec): boolean => step.kind === 'query' && step.database === database;
    if (uses(stepsOf('*'), asks)) return;
    const key = fault.kind === 'slow-database' ? 'slowDatabase' : 'loseDatabase';
    warn(index, key, `strikes nobody: no step queries ${database}`, 'add a query step, or leave it out');
  });
}

const isWork = ({ kind }: StepSpec): boolean => kind === 'cpu';

function allSteps({ operations }: Scenario['services'][number]): readonly StepSpec[] {
  return operations.flatMap(({ steps }) => steps);
}

/** Whether one of the steps, or of those in them, is such. */
function uses(steps: readonly StepSpec[], isSuch: (step: StepSpec) => boolean): boolean {
  return steps.some((step) => {
    if (step.kind === 'parallel') return step.branches.some((branch) => uses(branch, isSuch));
    if (step.kind === 'choose') return step.branches.some((branch) => uses(branch.steps, isSuch));
    return step.kind === 'repeat' ? uses(step.steps, isSuch) : isSuch(step);
  });
}
