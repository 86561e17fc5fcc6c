/**
 * How many requests a second a platform takes, whatever its environments could hold: a bucket of tokens, one a request,
 * refilled all the time. Of a service by itself, or of the account, which its services share.
 */
import type { RequestLimitModel } from '../model/contract.js';

export class RequestBucket {
  private readonly limit: RequestLimitModel;
  private tokens: number;
  private sinceUs = 0;

  constructor(limit: RequestLimitModel) {
    this.limit = limit;
    this.tokens = limit.perSecond;
  }

  /** Takes a token for a request at `nowUs`, which never goes back; false: there is none. A second's worth is kept. */
  take(nowUs: number): boolean {
    const { perSecond } = this.limit;
    this.tokens = Math.min(perSecond, this.tokens + ((nowUs - this.sinceUs) * perSecond) / 1e6);
    this.sinceUs = nowUs;
    if (this.tokens < 1 - 1e-9) return false;
    this.tokens -= 1;
    return true;
  }
}
