/**
 * Azure Container Apps: replica seconds, active or idle, and external requests. Its own file because one allowance of
 * vCPU-seconds is shared by two prices, and is taken from the dearer first.
 */
import { Fraction } from '../fraction.js';
import type { PricedLine, Product, Statement } from './contract.js';
import { afterFree, allowance, flatLine, million } from './statement.js';

export const azureContainerApps: Product = {
  name: 'azure-container-apps',
  source: 'MicrosoftDocs/azure-docs articles/container-apps/billing.md',
  bill({ input, prices }: Statement): PricedLine[] {
    let active = Fraction.zero;
    let idle = Fraction.zero;
    let gibSeconds = Fraction.zero;
    for (const replica of input.list('replicas')) {
      const count = replica.amount('count', 1);
      const activeSeconds = count.times(replica.amount('activeSeconds', 0).roundedUpTo(Fraction.one));
      const idleSeconds = count.times(replica.amount('idleSeconds', 0).roundedUpTo(Fraction.one));
      active = active.plus(activeSeconds.times(replica.amount('vcpu')));
      idle = idle.plus(idleSeconds.times(replica.amount('vcpu')));
      gibSeconds = gibSeconds.plus(activeSeconds.plus(idleSeconds).times(replica.amount('memoryGib')));
    }
    const freeVCpu = allowance(input, prices, 'vcpuSeconds', 180_000);
    const freeForIdle = afterFree(freeVCpu, active);
    const billableMemory = afterFree(gibSeconds, allowance(input, prices, 'gibSeconds', 360_000));
    const billableCount = afterFree(input.amount('requests', 0), allowance(input, prices, 'requests', 2_000_000));
    return [
      flatLine('vcpu-active', afterFree(active, freeVCpu), prices.amount('vcpuSecondActive')),
      flatLine('vcpu-idle', afterFree(idle, freeForIdle), prices.amount('vcpuSecondIdle')),
      flatLine('memory', billableMemory, prices.amount('gibSecond')),
      flatLine('requests', billableCount, prices.amount('perMillion'), million),
    ];
  },
};
