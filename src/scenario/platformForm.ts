/**
 * `platforms`: where the application may run.
 *
 * Its own file because a platform is more than its services: nodes, region, prices, limits of the account. Whether a
 * preset, region, node type or price-book id exists is `model`'s to say.
 */

import { choice } from './choice.js';
import { choices, ownChoices } from './choiceForm.js';
import type { DiscountSpec, ExtraSpec, NodePoolSpec, PlatformSpec } from './choices.js';
import { distribution } from './distributions.js';
import {
  aDatabase,
  aService,
  clockUs,
  countRange,
  moneyPerTime,
  moneyUsd,
  oneOf,
  positiveMemoryMb,
  positiveVcpu,
  real,
  share,
  whole,
  words,
} from './fields.js';
import { defined, type Form, list, mapping, named } from './form.js';
import { optionValue } from './optionForm.js';
import { refuse } from './refuse.js';
import { databases, network } from './serviceForm.js';

const region = choice({
  noun: 'a region or {like, factor}',
  text: words.transform((name) => ({ name, factor: 1, isLike: false })),
  otherwise: mapping({ like: words, factor: real({ min: 0, isAbove: true }).exactOptional() }).transform(
    ({ like, factor = 1 }) => ({ name: like, factor, isLike: true }),
  ),
});

const poolShape = {
  type: words.exactOptional(),
  cpu: positiveVcpu.exactOptional(),
  memory: positiveMemoryMb.exactOptional(),
  price: moneyPerTime.exactOptional(),
  boot: distribution.exactOptional(),
  count: countRange.exactOptional(),
  spot: mapping({ interruptions: distribution, notice: clockUs.exactOptional() })
    .transform(({ interruptions, notice }) => ({ interruptions, ...defined({ noticeUs: notice }) }))
    .exactOptional(),
  consolidation: mapping({
    when: oneOf('empty', 'empty-or-underutilized').exactOptional(),
    after: clockUs.exactOptional(),
    budget: optionValue.exactOptional(),
  })
    .transform(({ when, after, budget }) => defined({ when, afterUs: after, budget }))
    .exactOptional(),
};
const pool = mapping({ name: words.exactOptional(), ...poolShape }).transform((value, context): NodePoolSpec => {
  const { name = '', type, cpu, memory, price, boot, count, spot, consolidation } = value;
  if (type !== undefined && (cpu !== undefined || memory !== undefined)) {
    const message = 'has a type, which says its CPU and memory';
    refuse(context, { rule: 'conflict', message, path: [cpu === undefined ? 'memory' : 'cpu'], part: 'key' });
  }
  return { name, ...defined({ type, vcpu: cpu, memoryMb: memory, price, boot, count, spot, consolidation }) };
});
const nodes: Form<NodePoolSpec[]> = choice({
  noun: 'a pool of nodes, or a list of pools',
  list: list(pool, 1).transform((pools, context) => {
    pools.forEach(({ name }, index) => {
      if (name === '') refuse(context, { rule: 'missing', message: 'has no name', path: [index], part: 'key' });
      const first = pools.findIndex((other) => other.name === name);
      if (name !== '' && first < index)
        refuse(context, { rule: 'conflict', message: `is named like pool ${first}`, path: [index, 'name'] });
    });
    return pools;
  }),
  otherwise: pool.transform((only): NodePoolSpec[] => [only]),
});

const discount: Form<DiscountSpec> = choice({
  noun: 'a discount',
  maps: {
    off: mapping({ off: share, covers: list(words, 1), commit: moneyPerTime.exactOptional() }).transform(
      ({ off, covers, commit }): DiscountSpec => ({ kind: 'off', off, covers, ...defined({ commit }) }),
    ),
    spot: mapping({ spot: share }).transform(({ spot }): DiscountSpec => ({ kind: 'spot', spot })),
  },
});
const extra: Form<ExtraSpec> = mapping({
  line: words,
  amount: moneyPerTime,
  bills: oneOf('instances', 'invocations').exactOptional(),
}).transform(({ line, amount, bills = 'instances' }) => ({ line, amount, bills }));

export const platforms: Form<PlatformSpec[]> = named(
  mapping({
    title: words.exactOptional(),
    preset: words.exactOptional(),
    region: region.exactOptional(),
    nodes: nodes.exactOptional(),
    defaults: choices.exactOptional(),
    services: named(ownChoices, aService).exactOptional(),
    databases: databases(aDatabase).exactOptional(),
    network: network.exactOptional(),
    frontDoor: words.exactOptional(),
    account: mapping({
      concurrency: whole(1).exactOptional(),
      freeTier: oneOf('full', 'none').exactOptional(),
    }).exactOptional(),
    zones: whole(1).exactOptional(),
    scheduler: mapping({ score: words }).exactOptional(),
    prices: named(moneyUsd).exactOptional(),
    discounts: list(discount).exactOptional(),
    extras: list(extra).exactOptional(),
  }),
).transform((all): PlatformSpec[] =>
  all.map(({ name, value }) => {
    const { title, preset, region: place, nodes: pools, frontDoor, account, zones, scheduler } = value;
    return {
      name,
      ...defined({ title, preset, region: place, nodes: pools, frontDoor, account, zones, scheduler }),
      defaults: value.defaults ?? {},
      services: (value.services ?? []).map((each) => ({ name: each.name, ...each.value })),
      databases: value.databases ?? [],
      network: value.network ?? {},
      prices: (value.prices ?? []).map((each) => ({ sku: each.name, priceUsd: each.value })),
      discounts: value.discounts ?? [],
      extras: value.extras ?? [],
    };
  }),
);
