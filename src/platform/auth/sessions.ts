import type pg from "pg";

export interface SessionRow {
  id: string;
  address: string | null;
  browser: string | null;
  createdAt: Date;
  expiresAt: Date;
}

export async function sessionsOf(pool: pg.Pool, userId: string): Promise<SessionRow[]> {
  const { rows } = await pool.query<SessionRow>(
    `select "id", "ipAddress" as "address", "userAgent" as "browser", "createdAt", "expiresAt"
     from auth."session" where "userId" = $1 and "expiresAt" > now() order by "createdAt" desc limit 200`,
    [userId],
  );
  return rows;
}

/** Ends one session of this person. False when it is not theirs or over already. */
export async function endSession(pool: pg.Pool, userId: string, sessionId: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from auth."session" where "userId" = $1 and "id" = $2', [
    userId,
    sessionId,
  ]);
  return rowCount === 1;
}

/** Ends every session of this person; with `organizationId` only those that work there. Answers how many. */
export async function endSessions(pool: pg.Pool, userId: string, organizationId?: string): Promise<number> {
  const { rowCount } = await pool.query(
    'delete from auth."session" where "userId" = $1 and ($2::text is null or "organizationId" = $2)',
    [userId, organizationId ?? null],
  );
  return rowCount ?? 0;
}

export async function workIn(pool: pg.Pool, sessionId: string, organizationId: string): Promise<void> {
  await pool.query('update auth."session" set "organizationId" = $2 where "id" = $1', [sessionId, organizationId]);
}
