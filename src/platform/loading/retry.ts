/** When a request is made again, and how long to wait before. */
export interface RetryRules {
  /** Requests for one thing, the first included. */
  tries: number;
  /** The first wait; each further one is twice as long, up to `longestMs`. */
  firstMs: number;
  longestMs: number;
  /** A server that asks to wait longer than this is left for another time. */
  patienceMs: number;
  /** A transfer that brings fewer than `leastBytes` in this time is given up. */
  quietMs: number;
  leastBytes: number;
}

export const retryRules: RetryRules = {
  ...{ tries: 5, firstMs: 1_000, longestMs: 60_000, patienceMs: 120_000 },
  ...{ quietMs: 60_000, leastBytes: 30_000 },
};

/** Statuses that say "not now" (RFC 9110, RFC 6585); anything else will not be better the second time. */
const NOT_NOW: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
/** A refusal (403) that names when to come again is "not now" too: so GitHub says that its limit is used up. */
export const isNotNow = ({ status, headers }: Response): boolean =>
  NOT_NOW.has(status) || (status === 403 && (headers.has("retry-after") || isUsedUp(headers)));

const isUsedUp = (headers: Headers): boolean => headers.get("x-ratelimit-remaining") === "0";

/**
 * Milliseconds an answer asks to wait: `Retry-After` as seconds or an HTTP date (RFC 9110, 10.2.3), or the second at which GitHub's limit
 * begins anew; null when there is none that can be read.
 */
export function retryAfterMs(headers: Headers, now: Date): number | null {
  const header = headers.get("retry-after");
  const reset = headers.get("x-ratelimit-reset") ?? "";
  if (header === null)
    return isUsedUp(headers) && /^\d{1,12}$/.test(reset) ? Math.max(0, Number(reset) * 1_000 - now.getTime()) : null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

/**
 * How long to wait after try number `tried` (from 1): a random part of a growing span, so that many clients do not come back at once;
 * never less than the server asked for. `random` is from 0 to 1.
 */
export function waitMs(rules: RetryRules, tried: number, asked: number | null, random: number): number {
  const span = Math.min(rules.longestMs, rules.firstMs * 2 ** (tried - 1));
  return Math.round(asked === null ? span * (0.5 + random / 2) : asked + span * random * 0.1);
}
