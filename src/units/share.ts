/**
 * CPU, shares and factors: `250m` and `2`; `60%` and `0.6`; `120%` and `1.2`.
 *
 * One file because all three are plain ratios that may be written with one sign behind them.
 * Checked by test/units/quantities.test.ts.
 */
import { isNotFinite, notFiniteFault, type Reading, scaled, shown, splitAmount } from './number.js';

/** vCPUs, finite, >= 0: `250m`, `0.25`, `2`. */
export function readVcpu(text: string): Reading<number> {
  const allowed = '0 and more, as in 250m or 0.25';
  if (isNotFinite(text)) return notFiniteFault(text, allowed);
  const amount = splitAmount(text);
  if (!amount || (amount.unit !== '' && amount.unit !== 'm')) {
    const hint = 'write 250m, 0.25 or 2';
    return { ok: false, code: amount ? 'unit' : 'type', message: `must be a number of vCPU, got ${shown(text)}`, hint };
  }
  const vcpu = amount.unit === 'm' ? scaled(amount.digits, '0.001') : Number(amount.digits);
  if (!Number.isFinite(vcpu)) return notFiniteFault(text, allowed);
  if (amount.isNegative && vcpu > 0)
    return { ok: false, code: 'range', message: `must be at least 0 vCPU, got ${text}`, hint: `allowed: ${allowed}` };
  return { ok: true, value: vcpu };
}

/** A share in [0, 1]: `60%` or `0.6`. */
export function readShare(text: string): Reading<number> {
  const allowed = '0% to 100%';
  const factor = readFactor(text);
  if (!factor.ok) {
    if (factor.code === 'range') return { ...factor, hint: `allowed: ${allowed}` };
    return { ...factor, message: `must be a share, got ${shown(text)}`, hint: 'write 60% or 0.6' };
  }
  if (factor.value <= 1) return factor;
  const hint = /^\d+(\.\d+)?$/.test(text) && factor.value <= 100 ? `write ${text}%` : `allowed: ${allowed}`;
  return { ok: false, code: 'range', message: `must be a share from 0% to 100%, got ${text}`, hint };
}

/** A factor, finite, >= 0, with no upper end: `120%` or `1.2`. */
export function readFactor(text: string): Reading<number> {
  const allowed = '0% and more';
  if (isNotFinite(text)) return notFiniteFault(text, allowed);
  const amount = splitAmount(text);
  if (!amount || (amount.unit !== '' && amount.unit !== '%')) {
    const message = `must be a factor, got ${shown(text)}`;
    return { ok: false, code: amount ? 'unit' : 'type', message, hint: 'write 120% or 1.2' };
  }
  const factor = amount.unit === '%' ? scaled(amount.digits, '0.01') : Number(amount.digits);
  if (!Number.isFinite(factor)) return notFiniteFault(text, allowed);
  if (amount.isNegative && factor > 0)
    return { ok: false, code: 'range', message: `must be at least 0%, got ${text}`, hint: `allowed: ${allowed}` };
  return { ok: true, value: factor };
}
