/** The breakdown of another tool: components, resources and projects add up, in texts, to the cent and beyond. */
import { expect, test } from 'vitest';
import { compare } from '../../src/experiment/compare.js';
import { infracostDocument } from '../../src/experiment/infracostDocument.js';
import { parseScenario } from '../../src/scenario/parse.js';

interface Component {
  readonly monthlyQuantity: string;
  readonly price: string;
  readonly monthlyCost: string;
  readonly usageBased: boolean;
}
interface Resource {
  readonly name: string;
  readonly monthlyCost: string;
  readonly costComponents: readonly Component[];
}

const text = `
run: {duration: 10s, replications: 1}
traffic: {all: {entry: a.op, arrivals: {constant: 10/s}}}
services: {a: {operations: {op: [{cpu: 5ms}, {query: db}]}}}
databases: {db: {query: 1ms, bill: {price: $58/mo}}}
platforms: {tasks: {preset: fargate}, functions: {preset: lambda}}
`;

test('one project a platform; quantity times price is the cost, and costs add up to the totals', () => {
  const parsed = parseScenario(text, 's.yaml');
  if (!parsed.ok) throw new Error('has issues');
  const compared = compare(parsed.value, { withCostCurve: false });
  if (!compared.ok) throw new Error('does not compile');
  const document = infracostDocument(compared.value) as {
    currency: string;
    projects: { name: string; breakdown: { resources: Resource[]; totalMonthlyCost: string } }[];
  };
  expect(document.currency).toBe('USD');
  expect(document.projects.map(({ name }) => name)).toEqual(['tasks', 'functions']);
  document.projects.forEach(({ breakdown }, place) => {
    const { resources, totalMonthlyCost } = breakdown;
    expect(totalMonthlyCost).toBe(compared.value.platforms[place]!.bill.monthUsd);
    for (const { monthlyCost, costComponents } of resources) {
      const parts = costComponents.map((component) => Number(component.monthlyCost));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(Number(monthlyCost), 9);
      for (const { monthlyQuantity, price, monthlyCost: cost } of costComponents)
        expect(Number(monthlyQuantity) * Number(price)).toBeCloseTo(Number(cost), 9);
    }
  });
  const [tasks] = document.projects;
  expect(tasks!.breakdown.resources.map(({ name }) => name)).toEqual([
    'a (compute)',
    'front-door',
    'transfer',
    'db (database)',
  ]);
  const usage = tasks!.breakdown.resources.flatMap(({ costComponents }) => costComponents.map((one) => one.usageBased));
  expect(usage).toEqual([false, false, false, true, true, false]);
});
