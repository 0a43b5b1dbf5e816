import type { Scope, Trx } from "../../../platform/db.ts";
import type { ApiKeyRow } from "../tables.ts";

export const addKey = (
  trx: Trx,
  { organizationId }: Scope,
  key: Omit<ApiKeyRow, "organizationId" | "lastUsedAt" | "revokedAt">,
): Promise<ApiKeyRow> =>
  trx
    .insertInto("apiKey")
    .values({ ...key, organizationId, lastUsedAt: null, revokedAt: null })
    .returningAll()
    .executeTakeFirstOrThrow();

/** The organisation's keys, newest first; of one person when named. */
export const listKeys = (trx: Trx, { organizationId }: Scope, userId?: string): Promise<ApiKeyRow[]> =>
  trx
    .selectFrom("apiKey")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .$if(userId !== undefined, (query) => query.where("userId", "=", userId ?? ""))
    .orderBy("createdAt", "desc")
    .limit(1000)
    .execute();

export const findKey = (trx: Trx, { organizationId }: Scope, id: string): Promise<ApiKeyRow | undefined> =>
  trx
    .selectFrom("apiKey")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();

/** Revokes keys that are not revoked yet: one, or all of a person. Answers those it revoked. */
export const revokeKeys = (
  trx: Trx,
  { organizationId }: Scope,
  which: { id: string } | { userId: string },
  now: Date,
): Promise<ApiKeyRow[]> =>
  trx
    .updateTable("apiKey")
    .set({ revokedAt: now })
    .where("organizationId", "=", organizationId)
    .where("revokedAt", "is", null)
    .$if("id" in which, (query) => query.where("id", "=", "id" in which ? which.id : ""))
    .$if("userId" in which, (query) => query.where("userId", "=", "userId" in which ? which.userId : ""))
    .returningAll()
    .execute();

/** Across organisations: a key that works now, with its maker's membership. */
export const findWorkingKey = (trx: Trx, hash: string, now: Date) =>
  trx
    .selectFrom("apiKey")
    .innerJoin("member", (on) =>
      on.onRef("member.organizationId", "=", "apiKey.organizationId").onRef("member.userId", "=", "apiKey.userId"),
    )
    .select(["apiKey.id", "apiKey.organizationId", "apiKey.name", "apiKey.scopes", "apiKey.lastUsedAt", "member.roles"])
    .where("apiKey.hash", "=", hash)
    .where("apiKey.revokedAt", "is", null)
    .where("apiKey.expiresAt", ">", now)
    .where("member.state", "=", "active")
    .executeTakeFirst();

export const markUsed = (trx: Trx, { organizationId }: Scope, id: string, now: Date) =>
  trx
    .updateTable("apiKey")
    .set({ lastUsedAt: now })
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .execute();

/** The person who made a key. */
export const keyMaker = async (trx: Trx, { organizationId }: Scope, id: string): Promise<string> =>
  (
    await trx
      .selectFrom("apiKey")
      .select("userId")
      .where("organizationId", "=", organizationId)
      .where("id", "=", id)
      .executeTakeFirstOrThrow()
  ).userId;
