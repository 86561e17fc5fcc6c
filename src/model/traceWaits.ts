/**
 * `wait: trace` takes the duration that a replayed row carries: where no source replays such rows it would be a wait of
 * nothing, unsaid. Its own file because it holds steps against traffic. Checked by test/model/traffic.test.ts.
 */
import type { Scenario, StepSpec } from '../scenario/contract.js';
import type { Path } from '../scenario/positions.js';
import type { Findings } from './findings.js';

/** Every `wait: trace` of the scenario is a mistake, for no row carries a duration. */
export function refuseTraceWaits({ services }: Scenario, findings: Findings): void {
  const refuse = (path: Path): void =>
    findings.error({
      path: [...path, 'wait'],
      code: 'conflict',
      message: 'takes the duration of a replayed row, and no source replays rows with one',
      hint: 'replay a file with a column duration_s or duration_ms, or write a duration',
    });
  for (const { name, operations } of services)
    for (const operation of operations)
      visit(operation.steps, ['services', name, 'operations', operation.name], refuse);
}

function visit(steps: readonly StepSpec[], path: Path, refuse: (path: Path) => void): void {
  for (const [index, step] of steps.entries()) {
    const at = [...path, index];
    if (step.kind === 'wait-trace') refuse(at);
    else if (step.kind === 'repeat') visit(step.steps, [...at, 'repeat', 'do'], refuse);
    else if (step.kind === 'parallel')
      for (const [place, branch] of step.branches.entries()) visit(branch, [...at, 'parallel', place], refuse);
    else if (step.kind === 'choose')
      for (const [place, branch] of step.branches.entries())
        visit(branch.steps, [...at, 'choose', place, 'do'], refuse);
  }
}
