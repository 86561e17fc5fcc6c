/**
 * AWS Lambda Managed Instances: requests, the EC2 instances behind them, and a fee on their on-demand price. Its own
 * file because it bills neither memory nor duration: instances by the hour, at whatever the account pays for EC2,
 * while the fee is always a share of the list price.
 */
import { Fraction } from '../fraction.js';
import type { PricedLine, Product, Statement } from './contract.js';
import type { Fields } from './fields.js';
import { afterFree, allowance, flatLine, million, secondsPerHour } from './statement.js';

export const awsLambdaManagedInstances: Product = {
  name: 'aws-lambda-managed-instances',
  source: 'aws.amazon.com/lambda/pricing, managed instances',
  bill({ input, prices }: Statement): PricedLine[] {
    const requests = input
      .list('invocations')
      .reduce((sum, group) => sum.plus(group.amount('count', 1)), input.amount('requests', 0));
    const billable = afterFree(requests, allowance(input, prices, 'requests', 0));
    const lines = [flatLine('requests', billable, prices.amount('requestPerMillion'), million)];
    let fee = Fraction.zero;
    let feeHours = Fraction.zero;
    for (const instance of input.list('instances')) {
      const hours = hoursOf(instance);
      const onDemand = priceOf(instance, prices, 'onDemandHourly');
      const paid = hasPrice(instance, prices, 'effectiveHourly')
        ? priceOf(instance, prices, 'effectiveHourly')
        : onDemand;
      const type = instance.text('type', '');
      lines.push(flatLine(type === '' ? 'instance-hours' : `instance:${type}`, hours, paid));
      fee = fee.plus(hours.times(onDemand));
      feeHours = feeHours.plus(hours);
    }
    const share = prices.amount('feeFraction', '0.15');
    lines.push({ meter: 'management-fee', quantity: feeHours, cost: fee.times(share) });
    return lines;
  },
};

function hoursOf(instance: Fields): Fraction {
  const runs = instance.amount('count', 1).times(instance.amount('runs', 1));
  const each = instance.has('hours') ? instance.amount('hours') : instance.amount('seconds').over(secondsPerHour);
  return runs.times(each);
}

/** A price of all instances, or a table by type. */
function priceOf(instance: Fields, prices: Fields, name: string): Fraction {
  return prices.isRecord(name) ? prices.fields(name).amount(instance.text('type')) : prices.amount(name);
}

function hasPrice(instance: Fields, prices: Fields, name: string): boolean {
  return prices.isRecord(name) ? prices.fields(name).has(instance.text('type')) : prices.isGiven(name);
}
