/**
 * How a number is written for a person: unit beside it, at most three significant digits, never more precise than it
 * is.
 *
 * Its own file because the page, its charts' tooltips (which run these very functions in the browser: see
 * `drawing/kit.ts`), the terminal and the Markdown table must write the same number the same way. CSV cells are another
 * matter: they keep every digit (`csv/cells.ts`).
 */

/**
 * A number with its unit, for reading: `231 ms`, `$1 234`, `99.97 %`, `18 240`.
 *
 * Closed (refers to nothing outside itself), because the page's script carries its source.
 *
 * @param value finite; anything else is written as a dash
 * @param unit a metric's unit (`1`, `share`, `1/s`, `ms`, `s`, `h`, `USD`); another text is put behind the number
 * @returns money with two decimals below $100 and none above; shares as percent, never rounded up to 100 % or down to
 *   0 %; counts from 100 to 99 999 in full; milliseconds from 10 000 on as seconds; everything else with
 *   three significant digits, from 100 000 on with k, M, G
 *   or T. Thousands are parted by a narrow no-break space (U+202F), units by a no-break space.
 */
export function figure(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const group = (digits: string): string => {
    const [whole = '', fraction] = digits.split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
    return fraction === undefined ? grouped : `${grouped}.${fraction}`;
  };
  const magnitude = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  const three = (amount: number): string => {
    for (const [size, letter] of [
      [1e12, 'T'],
      [1e9, 'G'],
      [1e6, 'M'],
      [1e3, 'k'],
    ] as const)
      if (amount >= Math.max(size * 0.9995, 99_999.5))
        return `${Number((amount / size).toPrecision(3))}\u202f${letter}`;
    const rounded = Number(amount.toPrecision(3));
    return rounded !== 0 && rounded < 1e-6 ? String(rounded) : group(rounded.toFixed(9).replace(/\.?0+$/, ''));
  };
  if (unit === 'USD') {
    if (magnitude > 0 && magnitude < 0.005) return sign ? '−<$0.01' : '<$0.01';
    if (magnitude >= 99_999.5) return `${sign}$${three(magnitude)}`;
    return `${sign}$${magnitude < 99.995 ? magnitude.toFixed(2) : group(String(Math.round(magnitude)))}`;
  }
  if (unit === 'share') {
    const percent = magnitude * 100;
    if (percent > 99 && percent < 100) {
      const decimals = [2, 3, 4].find((count) => Number(percent.toFixed(count)) < 100);
      if (decimals === undefined) return '>\u00a099.9999\u00a0%';
      return `${sign}${Number(percent.toFixed(decimals))}\u00a0%`;
    }
    if (percent > 0 && percent < 0.0001) return '<\u00a00.0001\u00a0%';
    return `${sign}${three(percent)}\u00a0%`;
  }
  if (unit === '1') {
    const isWhole = magnitude >= 100 && magnitude < 99_999.5;
    return sign + (isWhole ? group(String(Math.round(magnitude))) : three(magnitude));
  }
  if (unit === 'ms' && magnitude >= 9995) return `${sign}${three(magnitude / 1000)}\u00a0s`;
  const behind = unit === '1/s' ? '/s' : `\u00a0${unit}`;
  return `${sign}${three(magnitude)}${behind}`;
}

/**
 * An interval, for reading: `224–238 ms`, `$906–$930`.
 *
 * Closed but for `figure`, which is handed in where it runs in the browser.
 */
export function intervalFigure(ci: readonly [number, number], unit: string): string {
  const low = figure(ci[0], unit);
  const high = figure(ci[1], unit);
  const lowSuffix = /\u00a0[^\u00a0]+$/.exec(low)?.[0];
  const sameSuffix = lowSuffix !== undefined && high.endsWith(lowSuffix);
  return `${sameSuffix ? low.slice(0, -lowSuffix.length) : low}–${high}`;
}

/** A number of things, in the grammatical number it asks for: `1 request`, `2 requests`, `1.5 requests`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  const text = figure(count, '1');
  return `${text} ${text === '1' ? one : many}`;
}

/** How far inside its limit an objective is: `11.6 %`, `−23.9 %`; not told further outside than the limit itself. */
export function roomText(margin: number | null): string {
  return margin !== null && margin < -1 ? `<\u00a0−100\u00a0%` : figure(margin, 'share');
}

/** Money to the cent, thousands parted: `1 234.50`. For columns that must add up. */
export function cents(usd: number): string {
  const [whole = '0', fraction = '00'] = Math.abs(usd).toFixed(2).split('.');
  const isNegative = usd < 0 && Number(`${whole}.${fraction}`) !== 0;
  return `${isNegative ? '-' : ''}${whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f')}.${fraction}`;
}

/** A name cut to so many characters (code points), with an ellipsis when something is missing. */
export function shortName(name: string, characterCount: number): string {
  const characters = [...name];
  return characters.length <= characterCount ? name : `${characters.slice(0, characterCount - 1).join('')}…`;
}

/** Names in a sentence: `a`, `a and b`, `a, b and c`. */
export function listNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
