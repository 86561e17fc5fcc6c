/**
 * AWS Fargate: vCPU-seconds and GB-seconds of a task from image pull to its end. Its own file because of the one-
 * minute floor of each run, the storage beyond what is included, and the licence of Windows tasks.
 */
import type { Steps } from '../contract.js';
import { Fraction } from '../fraction.js';
import type { PricedLine, Product, Statement } from './contract.js';
import type { Fields } from './fields.js';
import { afterFree, billedMs, flatLine, secondsPerHour, stepsOf, thousand } from './statement.js';

const linuxSteps: Steps = { granularityMs: 1000, minimumMs: 60_000 };
const windowsMinimumMs = 300_000;
const includedStorageGb = Fraction.of(20);

export const awsFargate: Product = {
  name: 'aws-fargate',
  source: 'aws.amazon.com/fargate/pricing',
  bill({ input, prices, rules }: Statement): PricedLine[] {
    const licence = licensePrice(prices);
    const per = prices.text('unit', 'hour').startsWith('hour') ? secondsPerHour : Fraction.one;
    let vCpuSeconds = Fraction.zero;
    let gbSeconds = Fraction.zero;
    let licensedSeconds = Fraction.zero;
    let storageSeconds = Fraction.zero;
    for (const task of input.list('tasks')) {
      const isWindows = runsWindows(task, input, licence !== null);
      const seconds = secondsOf(
        task,
        stepsOf(rules, isWindows ? { ...linuxSteps, minimumMs: windowsMinimumMs } : linuxSteps),
      );
      vCpuSeconds = vCpuSeconds.plus(seconds.times(task.amount('vcpu')));
      gbSeconds = gbSeconds.plus(seconds.times(task.amount('memoryGb')));
      if (isWindows) licensedSeconds = licensedSeconds.plus(seconds.times(task.amount('vcpu')));
      const storageGb = afterFree(task.amount('ephemeralGb', 20), includedStorageGb);
      storageSeconds = storageSeconds.plus(seconds.times(storageGb));
    }
    const lines = [
      flatLine('vcpu', vCpuSeconds, prices.amount('vcpu'), per),
      flatLine('memory', gbSeconds, prices.amount('gb'), per),
    ];
    if (licence) lines.push(flatLine('os', licensedSeconds, licence, per));
    if (!storageSeconds.isZero)
      lines.push(flatLine('ephemeral-storage', storageSeconds, prices.amount('ephemeralGb'), per));
    return lines;
  },
};

function secondsOf(task: Fields, steps: Steps): Fraction {
  const runs = task.amount('count', 1).times(task.amount('runs', 1));
  return runs.times(billedMs(task.amount('seconds').times(thousand), steps).over(thousand));
}

/** As the task or the statement says; where neither does, a price for a licence says it. */
function runsWindows(task: Fields, input: Fields, hasLicence: boolean): boolean {
  const os = task.text('os', input.text('os', hasLicence ? 'windows' : 'linux'));
  return os.toLowerCase().startsWith('windows');
}

/** The licence per vCPU; null where the statement has none. */
function licensePrice(prices: Fields): Fraction | null {
  const name = ['os', 'osVcpu', 'osPerVcpu'].find((key) => prices.isGiven(key));
  return name === undefined ? null : prices.amount(name);
}
