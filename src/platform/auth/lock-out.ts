import { createHash } from "node:crypto";
import type pg from "pg";

interface Limit {
  /** Wrong tries that cost nothing. */
  free: number;
  /** The first wait; each further wrong try doubles it. */
  firstWaitSeconds: number;
  longestWaitSeconds: number;
  /** After so long without a try all is forgotten. */
  forgetSeconds: number;
}

/** An account waits soon; an address late, because a whole hospital may stand behind one. Nobody is locked out for good (NIST SP 800-63B 5.2.2). */
export const LIMITS = {
  account: { free: 5, firstWaitSeconds: 30, longestWaitSeconds: 900, forgetSeconds: 86_400 },
  address: { free: 30, firstWaitSeconds: 30, longestWaitSeconds: 900, forgetSeconds: 3_600 },
} as const satisfies Record<string, Limit>;
export type LimitKind = keyof typeof LIMITS;

export interface Tried {
  kind: LimitKind;
  /** The e-mail address or user id, or the network address. Only its hash is stored: people type passwords into the wrong field. */
  who: string;
}

/** Seconds to wait after so many wrong tries in a row; 0 below the limit. */
export function waitAfter(failures: number, limit: Limit): number {
  if (failures < limit.free) return 0;
  return Math.min(limit.longestWaitSeconds, limit.firstWaitSeconds * 2 ** Math.min(failures - limit.free, 20));
}

/** Longer than any one-time code is taken for: 30 seconds, and one step to either side. */
const CODE_LIVES_S = 120;

/** False when this account used this very code before (RFC 6238, 5.2: a code is accepted once). */
export async function isFirstUse(pool: pg.Pool, userId: string, code: string, now: Date): Promise<boolean> {
  const key = `code:${createHash("sha256").update(`${userId}:${code}`).digest("base64url")}`;
  const { rowCount } = await pool.query(
    `insert into auth.attempt as a (key, failures, last_at) values ($1, 0, $2)
     on conflict (key) do update set last_at = $2 where a.last_at < $2 - make_interval(secs => $3)`,
    [key, now, CODE_LIVES_S],
  );
  return rowCount === 1;
}

const keyOf = ({ kind, who }: Tried) => `${kind}:${createHash("sha256").update(who.toLowerCase()).digest("base64url")}`;

/**
 * Counts a try as wrong before the secret is looked at, so that a thousand at once are not a thousand guesses; `forgive` takes it
 * back. Answers the tries so far, and the seconds to wait when this one may not happen at all.
 */
export async function countTry(pool: pg.Pool, tried: Tried, now: Date): Promise<{ failures: number; waitS: number }> {
  const limit = LIMITS[tried.kind];
  const key = keyOf(tried);
  const { rows } = await pool.query<{ failures: number }>(
    `insert into auth.attempt as a (key, failures, last_at) values ($1, 1, $2)
     on conflict (key) do update
       set failures = case when a.last_at < $2 - make_interval(secs => $3) then 1 else a.failures + 1 end, last_at = $2
       where a.failures < $4 or a.last_at < $2 - make_interval(secs => $3)
          or a.last_at + make_interval(secs => least($5, $6 * power(2, least(a.failures - $4, 20)))) <= $2
     returning failures`,
    [key, now, limit.forgetSeconds, limit.free, limit.longestWaitSeconds, limit.firstWaitSeconds],
  );
  if (rows[0] !== undefined) return { failures: rows[0].failures, waitS: 0 };
  const { rows: waiting } = await pool.query<{ failures: number; last_at: Date }>(
    "select failures, last_at from auth.attempt where key = $1",
    [key],
  );
  const [row] = waiting;
  if (row === undefined) return { failures: 0, waitS: 0 };
  const until = row.last_at.getTime() + waitAfter(row.failures, limit) * 1000;
  return { failures: row.failures, waitS: Math.max(1, Math.ceil((until - now.getTime()) / 1000)) };
}

/** The secret was right: the account starts anew, the address gets this one try back. */
export async function forgive(pool: pg.Pool, tried: Tried, now: Date): Promise<void> {
  if (tried.kind === "account") await pool.query("delete from auth.attempt where key = $1", [keyOf(tried)]);
  else await pool.query("update auth.attempt set failures = greatest(failures - 1, 0) where key = $1", [keyOf(tried)]);
  await pool.query("delete from auth.attempt where last_at < $1::timestamptz - interval '1 day'", [now]);
}
