/**
 * The little algebra in which oracles give their data: `-ln(1-u_i)`, `10 exp(-i/40)+u_i`, with values from a linear
 * congruential generator. Numbers, names, + - * /, brackets, functions, and a product written without a sign.
 */

type Variables = Readonly<Record<string, number>>;

const functions: ReadonlyMap<string, (value: number) => number> = new Map([
  ['ln', Math.log],
  ['exp', Math.exp],
  ['sqrt', Math.sqrt],
  ['sin', Math.sin],
  ['cos', Math.cos],
]);

/** @throws Error for anything else */
export function evaluate(formula: string, variables: Variables): number {
  const tokens = formula.match(/\d+(?:\.\d*)?(?:e[+-]?\d+)?|[a-z]\w*|[-+*/()]/gi) ?? [];
  let at = 0;
  const fault = (): Error => new Error(`malformed: formula ${formula} at ${tokens[at] ?? 'its end'}`);
  const sum = (): number => {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-')
      value = tokens[at++] === '+' ? value + product() : value - product();
    return value;
  };
  const product = (): number => {
    let value = factor();
    for (;;) {
      const token = tokens[at];
      if (token === '*' || token === '/') {
        at++;
        value = token === '*' ? value * factor() : value / factor();
      } else if (token !== undefined && !/[-+)]/.test(token)) value *= factor();
      else return value;
    }
  };
  const factor = (): number => {
    const token = tokens[at++];
    if (token === '-') return -factor();
    if (token === '(') return closed();
    if (token === undefined) throw fault();
    if (/^\d/.test(token)) return Number(token);
    const apply = functions.get(token);
    if (apply && tokens[at] === '(') {
      at++;
      return apply(closed());
    }
    const value = Object.hasOwn(variables, token) ? variables[token] : undefined;
    if (value === undefined) throw fault();
    return value;
  };
  const closed = (): number => {
    const value = sum();
    if (tokens[at++] !== ')') throw fault();
    return value;
  };
  const value = sum();
  if (at < tokens.length) throw fault();
  return value;
}

/** The generator that oracles use unless they say another. */
const usual = '(1103515245*state+12345) mod 2^31';

/**
 * The values of `x_i=FORMULA; u_i=state/2^31 after state=(A*state+C) mod 2^M`, i = 0, 1, … (or 1, 2, … where the text
 * does not say `i=0`).
 */
export function seriesOf(text: string, seed: number, count: number): readonly number[] {
  const formula = /^\s*\w+_i\s*=([^;,]*)/.exec(text)?.[1];
  const step = /\((\d+)\*state\+(\d+)\) mod 2\^(\d+)/;
  const [, multiplier, increment, bits] = step.exec(text) ?? step.exec(usual)!; // The usual one matches.
  if (formula === undefined) throw new Error(`malformed: no formula in ${text}`);
  const modulus = 2n ** BigInt(bits!);
  const firstIndex = /\bi=0/.test(text) ? 0 : 1;
  let state = BigInt(seed);
  return Array.from({ length: count }, (_, index) => {
    state = (BigInt(multiplier!) * state + BigInt(increment!)) % modulus;
    return evaluate(formula, { u_i: Number(state) / Number(modulus), i: index + firstIndex });
  });
}
