/**
 * The price lists that are known, and a bill made of several. Add a product: one file beside this one, one line here.
 */
import { awsAlb } from './awsAlb.js';
import { awsFargate } from './awsFargate.js';
import { awsLambda } from './awsLambda.js';
import { awsLambdaManagedInstances } from './awsLambdaManagedInstances.js';
import { azureContainerApps } from './azureContainerApps.js';
import { azureFunctionsConsumption } from './azureFunctionsConsumption.js';
import { azureFunctionsFlex } from './azureFunctionsFlex.js';
import { azureFunctionsPremium } from './azureFunctionsPremium.js';
import { cloudRun } from './cloudRun.js';
import type { PricedLine, Product } from './contract.js';
import { Fields } from './fields.js';
import { gaeFlex } from './gaeFlex.js';
import { gaeStandard } from './gaeStandard.js';
import { gcfGen1 } from './gcfGen1.js';
import { instanceHours } from './instanceHours.js';
import { tieredMeter } from './tieredMeter.js';

export const products: readonly Product[] = [
  awsLambda,
  awsLambdaManagedInstances,
  awsFargate,
  instanceHours,
  awsAlb,
  tieredMeter,
  gcfGen1,
  cloudRun,
  gaeStandard,
  gaeFlex,
  azureFunctionsConsumption,
  azureFunctionsFlex,
  azureFunctionsPremium,
  azureContainerApps,
];

/** `composite`: parts of several products on one bill, each line named after its part. */
export const compositeName = 'composite';

/**
 * Prices a usage statement.
 *
 * @param name a product's name, or `composite` with `input.parts` of `{name, platform, input, prices, rules?}`
 * @throws RangeError for an unknown product, and for a field that is missing or makes no sense; it names the field
 */
export function billStatement(name: string, input: unknown, prices: unknown, rules: unknown): PricedLine[] {
  if (name === compositeName) return billParts(new Fields(input, 'input'));
  const product = products.find((one) => one.name === name);
  if (!product)
    throw new RangeError(`no product ${JSON.stringify(name)}: ${products.map((one) => one.name).join(', ')}`);
  return product.bill({
    input: new Fields(input ?? {}, 'input'),
    prices: new Fields(prices ?? {}, 'prices'),
    rules: new Fields(rules ?? {}, 'rules'),
  });
}

function billParts(input: Fields): PricedLine[] {
  return input.list('parts').flatMap((part) =>
    billStatement(part.text('platform'), part.raw('input'), part.raw('prices'), part.raw('rules')).map((line) => ({
      ...line,
      meter: `${part.text('name')}/${line.meter}`,
    })),
  );
}
