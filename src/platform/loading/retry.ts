/** When a request is made again, and how long to wait before. */
export interface RetryRules {
  /** Requests for one thing, the first included. */
  tries: number;
  /** The first wait; each further one is twice as long, up to `longestMs`. */
  firstMs: number;
  longestMs: number;
  /** A server that asks to wait longer than this is left for another time. */
  patienceMs: number;
}

export const retryRules: RetryRules = { tries: 5, firstMs: 1_000, longestMs: 60_000, patienceMs: 120_000 };

/** Statuses that say "not now" (RFC 9110, RFC 6585); anything else will not be better the second time. */
const NOT_NOW: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
export const isNotNow = (status: number): boolean => NOT_NOW.has(status);

/** Milliseconds a `Retry-After` asks for: seconds or an HTTP date (RFC 9110, 10.2.3); null when there is none that can be read. */
export function retryAfterMs(header: string | null, now: Date): number | null {
  if (header === null) return null;
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
